namespace MarketBot.Playground;

/// <summary>The answer of the bot to a press (Bot API: answerCallbackQuery).</summary>
public sealed record CallbackAnswer(string Text, bool ShowAlert, string Url, int CacheTime, DateTimeOffset At);

/// <summary>A press on a button, and the bot's answer to it.</summary>
public sealed class CallbackPress
{
    private readonly TaskCompletionSource<CallbackAnswer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal CallbackPress(long queryId, Person by, Chat chat, Message? message, int messageId, string data, DateTimeOffset at)
    {
        QueryId = queryId.ToString(CultureInfo.InvariantCulture);
        (By, Chat, Message, MessageId, Data, At) = (by, chat, message, messageId, data, at);
    }

    /// <summary>The id of the query.</summary>
    public string QueryId { get; }

    /// <summary>The person who pressed.</summary>
    public Person By { get; }

    /// <summary>The message of the button; null when it is inaccessible.</summary>
    public Message? Message { get; }

    /// <summary>The id of the message, also of one that is inaccessible.</summary>
    public int MessageId { get; }

    /// <summary>The callback data.</summary>
    public string Data { get; }

    /// <summary>When it was pressed.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Completes with the first answer; that is the one which people see.</summary>
    public Task<CallbackAnswer> Answered => _answered.Task;

    /// <summary>The number of the bot's answers.</summary>
    public int Answers { get; private set; }

    internal Chat Chat { get; }

    internal void Answer(CallbackAnswer answer)
    {
        Answers++;
        _answered.TrySetResult(answer);
    }
}

/// <summary>The callback queries that can still be answered: for 150 seconds, as Telegram keeps their updates.</summary>
internal sealed class CallbackDesk(TelegramWorld world)
{
    private const int MaxOpen = 20_000;
    private const int MaxAnswered = 100;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(150);

    private readonly Dictionary<string, CallbackPress> _open = [];
    private readonly Queue<CallbackPress> _byAge = [];
    private readonly Queue<CallbackPress> _answered = [];
    private long _lastId = Random.Shared.NextInt64(1L << 40, 1L << 50) * 1000;

    /// <summary>The newest answered presses, for the toasts of the page.</summary>
    public IEnumerable<CallbackPress> Answered => _answered;

    /// <summary>The presses that nobody answered yet, of one chat.</summary>
    public IEnumerable<CallbackPress> WaitingIn(Chat chat)
    {
        Forget();
        return Unanswered == 0 ? [] : _byAge.Where(p => p.Chat == chat && p.Answers == 0);
    }

    /// <summary>The number of presses that could still be answered and were not.</summary>
    public int Unanswered { get; private set; }

    public CallbackPress? Find(string queryId) => _open.GetValueOrDefault(queryId);

    public void Clear()
    {
        _open.Clear();
        _byAge.Clear();
        _answered.Clear();
        Unanswered = 0;
    }

    public CallbackPress Press(Person by, Chat chat, string data, Message? message, int messageId)
    {
        Forget();
        _lastId += Random.Shared.Next(1, 1000);
        var press = new CallbackPress(_lastId, by, chat, message, messageId, data, world.Now);
        _open.Add(press.QueryId, press);
        _byAge.Enqueue(press);
        Unanswered++;
        world.Updates.EnqueueCallback(press);
        world.Notify(chat);
        return press;
    }

    public void Answer(string queryId, CallbackAnswer answer)
    {
        Forget();
        if (!_open.TryGetValue(queryId, out var press))
            throw ApiFailure.BadRequest("query is too old and response timeout expired or query ID is invalid");

        if (press.Answers == 0)
        {
            Unanswered--;
            _answered.Enqueue(press);
            if (_answered.Count > MaxAnswered)
                _answered.Dequeue();
        }

        press.Answer(answer);
        world.Notify(press.Chat);
    }

    public void Forget()
    {
        while (_byAge.TryPeek(out var oldest) && (world.Now - oldest.At > Lifetime || _byAge.Count > MaxOpen))
        {
            _open.Remove(_byAge.Dequeue().QueryId);
            if (oldest.Answers == 0)
                Unanswered--;
        }
    }
}
