namespace MarketBot.Playground;

/// <summary>A chat as its members see it.</summary>
public sealed class Chat
{
    private readonly TelegramWorld _world;
    private readonly List<Message> _messages = [];
    private List<Message>? _deleted;
    private TaskCompletionSource? _change;

    internal Chat(TelegramWorld world, long id, Person? person, Group? group)
    {
        _world = world;
        (Id, Owner, Group) = (id, person, group);
    }

    /// <summary>The chat id: the person's id in a private chat, negative in a group.</summary>
    public long Id { get; internal set; }

    /// <summary>The person of a private chat.</summary>
    public Person? Owner { get; }

    /// <summary>The group of a group chat.</summary>
    public Group? Group { get; }

    /// <summary>The messages that are still there, in order.</summary>
    public IReadOnlyList<Message> Messages
    {
        get
        {
            lock (_world.Gate)
                return [.. _messages];
        }
    }

    /// <summary>The messages that were deleted, in the order of deletion.</summary>
    public IReadOnlyList<Message> DeletedMessages
    {
        get
        {
            lock (_world.Gate)
                return _deleted is null ? [] : [.. _deleted];
        }
    }

    /// <summary>Completes at the next change of this chat. Ask for it first, look at the chat, then wait: so no change is missed.</summary>
    public Task Changed
    {
        get
        {
            lock (_world.Gate)
                return (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>The newest message.</summary>
    /// <exception cref="InvalidOperationException">The chat is empty.</exception>
    public Message Last
    {
        get
        {
            lock (_world.Gate)
                return _messages.Count > 0 ? _messages[^1] : throw new InvalidOperationException($"Chat {Id} is empty.");
        }
    }

    /// <summary>The newest message of the bot, or null.</summary>
    public Message? LastFromBot
    {
        get
        {
            lock (_world.Gate)
                return _messages.FindLast(m => m.FromBot);
        }
    }

    /// <summary>The newest chat action of the bot, such as <c>typing</c>; Telegram shows one for 5 seconds or until the next message.</summary>
    public string? Action
    {
        get
        {
            lock (_world.Gate)
                return _world.Now - ActionAt < TimeSpan.FromSeconds(5) ? LastAction : null;
        }
    }

    internal string? LastAction { get; set; }

    internal DateTimeOffset ActionAt { get; set; }

    internal long Version { get; set; }

    internal TokenBucket? Flood { get; set; }

    /// <summary>The bot's message that was sent or edited last, and how often that happened here.</summary>
    internal Message? Shown { get; private set; }

    internal long ShownCount { get; private set; }

    /// <summary>The number of updates of this chat that the bot has not confirmed.</summary>
    internal int PendingUpdates { get; set; }

    internal string Type => Group is null ? "private" : Id <= -1_000_000_000_000 ? "supergroup" : "group";

    /// <summary>The message with this id, or null when it is not (or no longer) there.</summary>
    public Message? Find(int messageId)
    {
        lock (_world.Gate)
        {
            var (low, high) = (0, _messages.Count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                var id = _messages[middle].Id;
                if (id == messageId)
                    return _messages[middle];
                if (id < messageId)
                    low = middle + 1;
                else
                    high = middle - 1;
            }

            return null;
        }
    }

    /// <summary>The chat as text, one message a line.</summary>
    public string Transcript()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    internal void Add(Message message)
    {
        _messages.Add(message);
        if (_messages.Count > _world.Options.MaxMessagesPerChat)
            _messages.RemoveAt(0);
        else
            _world.CountMessage(this);
        if (message.FromBot)
        {
            LastAction = null;
            Show(message);
        }

        _world.Notify(this);
    }

    /// <summary>The newest message that is still there; the caller holds the gate.</summary>
    internal Message? Newest => _messages.Count > 0 ? _messages[^1] : null;

    internal void Show(Message message) => (Shown, ShownCount) = (message, ShownCount + 1);

    /// <summary>Takes the oldest message out of memory, as if it had never been.</summary>
    internal void ForgetOldest()
    {
        if (_messages.Count > 0)
            _messages.RemoveAt(0);
        else if (_deleted is { Count: > 0 })
            _deleted.RemoveAt(0);
    }

    /// <summary>Nobody will look at it again.</summary>
    internal void Clear()
    {
        _messages.Clear();
        (_deleted, Shown) = (null, null);
    }

    internal void Remove(Message message)
    {
        message.IsDeleted = true;
        _messages.Remove(message);
        (_deleted ??= []).Add(message);
        if (_deleted.Count > _world.Options.MaxMessagesPerChat)
            _deleted.RemoveAt(0);
        _world.Journal.Add(this, $"message {message.Id} deleted: {message}");
        _world.Notify(this);
    }

    internal void Write(StringBuilder text)
    {
        var messages = Messages;
        var deleted = DeletedMessages;
        if (messages.Count + deleted.Count == 0)
            return;
        text.AppendLine(CultureInfo.InvariantCulture, $"--- {Owner?.FirstName ?? Group?.Title} ({Id})");
        foreach (var message in messages.Concat(deleted).OrderBy(m => m.Id).TakeLast(30))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {message}");
    }

    /// <summary>Wakes those who wait for a change; the caller holds the gate.</summary>
    internal void SignalChange()
    {
        var change = _change;
        _change = null;
        change?.SetResult();
    }
}
