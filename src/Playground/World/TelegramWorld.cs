using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace MarketBot.Playground;

/// <summary>Everything this Telegram knows: people, chats, updates on their way to the bot, and what the bot did. All members may be used from any thread.</summary>
public sealed class TelegramWorld
{
    private readonly Dictionary<long, Person> _people = [];
    private readonly List<Person> _peopleInOrder = [];
    private readonly Dictionary<long, Chat> _chats = [];
    private TaskCompletionSource? _change;
    private int _lastMessageId;

    internal TelegramWorld(PlaygroundOptions options)
    {
        Options = options;
        BotId = options.BotId;
        Updates = new UpdateQueue(this);
        Log = new CallLog(this, options.MaxCalls);
        Callbacks = new CallbackDesk(this);
        Payments = new PaymentDesk(this);
        foreach (var person in options.People)
            AddPerson(person.Id, person.FirstName, person.LastName, person.Username, person.LanguageCode, person.Hint);
    }

    /// <summary>Faults to come: the next calls of a method fail, hang or lose their connection.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>The finished API calls, oldest first; at most <see cref="PlaygroundOptions.MaxCalls"/>.</summary>
    public IReadOnlyList<ApiCall> Calls => Log.Snapshot();

    /// <summary>Calls that broke a rule of Telegram: refused with 400, 404 or 413, except refusals that a correct bot meets too (not modified, query too old, message gone).</summary>
    public IReadOnlyList<ApiCall> Violations => [.. Log.Snapshot().Where(c => c.IsViolation)];

    /// <summary>How many updates the bot has not confirmed yet.</summary>
    public int PendingUpdates
    {
        get
        {
            lock (Gate)
                return Updates.Count;
        }
    }

    /// <summary>The id of the next update. May be set, also backwards: after a quiet week Telegram starts anywhere (Bot API: Update.update_id).</summary>
    public long NextUpdateId
    {
        get
        {
            lock (Gate)
                return Updates.NextId;
        }

        set
        {
            lock (Gate)
                Updates.NextId = value;
        }
    }

    /// <summary>The people, in the order in which they were added.</summary>
    public IReadOnlyList<Person> People
    {
        get
        {
            lock (Gate)
                return [.. _peopleInOrder];
        }
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<Group> Groups
    {
        get
        {
            lock (Gate)
                return [.. _chats.Values.Select(c => c.Group).OfType<Group>()];
        }
    }

    /// <summary>What the bot told about itself: commands and descriptions.</summary>
    public BotProfile Profile { get; } = new();

    /// <summary>The webhook as setWebhook left it; its address is empty while the bot polls.</summary>
    public WebhookSettings Webhook { get; internal set; } = WebhookSettings.None;

    internal PlaygroundOptions Options { get; }

    internal long BotId { get; }

    internal Lock Gate { get; } = new();

    internal UpdateQueue Updates { get; }

    internal CallLog Log { get; }

    internal CallbackDesk Callbacks { get; }

    internal PaymentDesk Payments { get; }

    internal long Version { get; private set; }

    internal DateTimeOffset Now => Options.Time.GetUtcNow();

    /// <summary>Adds a person who has not written to the bot yet.</summary>
    public Person AddPerson(long id, string firstName, string lastName = "", string? username = null, string? languageCode = "ru", string hint = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(firstName);
        if (id is <= 0 or >= 1L << 52)
            throw new ArgumentOutOfRangeException(nameof(id), id, "Telegram's user ids are positive and have at most 52 bits.");

        lock (Gate)
        {
            if (_people.ContainsKey(id))
                throw new ArgumentException($"Person {id} exists already.", nameof(id));
            var person = new Person(this, id, Scalars.Repair(firstName), Scalars.Repair(lastName), username, languageCode, hint);
            _people.Add(id, person);
            _peopleInOrder.Add(person);
            _chats.Add(id, person.Chat);
            Notify(person.Chat);
            return person;
        }
    }

    /// <summary>Adds a group of which the bot is a member; ids are negative, those of supergroups begin with -100.</summary>
    public Group AddGroup(long id, string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        if (id is >= 0 or <= -(1L << 52))
            throw new ArgumentOutOfRangeException(nameof(id), id, "Ids of groups are negative and have at most 52 bits.");

        lock (Gate)
        {
            if (_chats.ContainsKey(id))
                throw new ArgumentException($"Chat {id} exists already.", nameof(id));
            var group = new Group(this, id, Scalars.Repair(title));
            _chats.Add(id, group.Chat);
            Notify(group.Chat);
            return group;
        }
    }

    /// <summary>The person with this id.</summary>
    public Person Person(long id) => FindPerson(id) ?? throw new KeyNotFoundException($"No person {id}.");

    /// <summary>The person with this id, or null.</summary>
    public Person? FindPerson(long id)
    {
        lock (Gate)
            return _people.GetValueOrDefault(id);
    }

    /// <summary>The chat with this id, or null.</summary>
    public Chat? FindChat(long id)
    {
        lock (Gate)
            return _chats.GetValueOrDefault(id);
    }

    /// <summary>Puts a raw update into the queue, past <c>allowed_updates</c>: kinds that no person here makes, or a copy of an earlier one when it has an <c>update_id</c>.</summary>
    public long Deliver(JsonObject update)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (Gate)
            return Updates.EnqueueRaw(update);
    }

    /// <summary>Waits until the condition holds, 10 seconds at most; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It never held; the message has the transcript of all chats.</exception>
    public Task Until(Func<bool> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Until(condition, TimeSpan.FromSeconds(10), ct, what);

    /// <summary>Waits until the condition holds; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It never held; the message has the transcript of all chats.</exception>
    public Task Until(Func<bool> condition, TimeSpan timeout, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        return WaitFor(() => condition() ? this : null, timeout, ct, what);
    }

    /// <summary>Waits until the look-up finds something, 10 seconds at most, and gives it back; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It found nothing; the message has the transcript of all chats.</exception>
    public Task<T> WaitFor<T>(Func<T?> find, CancellationToken ct, [CallerArgumentExpression(nameof(find))] string what = "")
        where T : class => WaitFor(find, TimeSpan.FromSeconds(10), ct, what);

    /// <summary>Waits until the look-up finds something, and gives it back; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It found nothing; the message has the transcript of all chats.</exception>
    public async Task<T> WaitFor<T>(Func<T?> find, TimeSpan timeout, CancellationToken ct, [CallerArgumentExpression(nameof(find))] string what = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(find);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(timeout);
        while (true)
        {
            var change = NextChange();
            if (find() is { } found)
                return found;
            try
            {
                await change.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain for: {what}\n{Transcript()}");
            }
        }
    }

    /// <summary>All chats that have messages, the last calls and what is still on its way, as text for a failed test.</summary>
    public string Transcript()
    {
        var text = new StringBuilder();
        Chat[] chats;
        lock (Gate)
            chats = [.. _chats.Values];
        foreach (var chat in chats)
            chat.Write(text);

        text.AppendLine(CultureInfo.InvariantCulture, $"--- updates not confirmed: {PendingUpdates}; last calls:");
        foreach (var call in Calls.Where(c => c.Method != "getUpdates" || !c.Ok).TakeLast(30))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {call}");
        return text.ToString();
    }

    /// <summary>Completes at the next change of anything.</summary>
    internal Task NextChange()
    {
        lock (Gate)
            return (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Wakes everybody who waits; the caller holds the gate.</summary>
    internal void Notify(Chat? chat = null)
    {
        Version++;
        if (chat is not null)
            chat.Version = Version;
        var change = _change;
        _change = null;
        change?.SetResult();
    }

    internal int NextMessageId() => ++_lastMessageId;

    internal void Move(Chat chat, long newId)
    {
        _chats.Add(newId, chat);
        Notify(chat);
    }

    internal IReadOnlyList<Chat> ChatsSince(long version)
    {
        lock (Gate)
            return [.. _chats.Values.Distinct().Where(c => c.Version > version)];
    }
}
