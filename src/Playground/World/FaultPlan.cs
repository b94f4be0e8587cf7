namespace MarketBot.Playground;

/// <summary>The kind of failure of a call.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The call is not executed and answered with this error; 429 carries <c>retry_after</c>.</summary>
    public static Fault Status(int code, int? retryAfter = null, string? description = null) => new StatusFault(code, retryAfter, description);

    /// <summary>The connection is cut before the call is executed.</summary>
    public static Fault CutBefore { get; } = new CutBeforeFault();

    /// <summary>The call is executed, then the connection is cut without an answer.</summary>
    public static Fault CutAfter { get; } = new CutAfterFault();

    /// <summary>The call is never executed or answered; the connection stays open until the client gives up.</summary>
    public static Fault Hang { get; } = new HangFault();

    /// <summary>The call waits this long, then goes on as usual.</summary>
    public static Fault Delay(TimeSpan time) => new DelayFault(time);

    internal sealed record StatusFault(int Code, int? RetryAfter, string? Description) : Fault
    {
        public ApiFailure ToFailure() => Code switch
        {
            429 => new ApiFailure(
                429, Description ?? string.Create(CultureInfo.InvariantCulture, $"Too Many Requests: retry after {RetryAfter ?? 1}"), RetryAfter ?? 1),
            _ => new ApiFailure(Code, Description ?? Code switch
            {
                500 => "Internal Server Error",
                502 => "Bad Gateway",
                503 => "Service Unavailable",
                504 => "Gateway Timeout",
                401 => "Unauthorized",
                403 => "Forbidden: bot was blocked by the user",
                404 => "Not Found",
                409 => "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                _ => "Bad Request",
            }, RetryAfter),
        };
    }

    internal sealed record CutBeforeFault : Fault;

    internal sealed record CutAfterFault : Fault;

    internal sealed record HangFault : Fault;

    internal sealed record DelayFault(TimeSpan Time) : Fault;
}

/// <summary>The faults to come. They are used up in the order in which they were added.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<PlannedFault> _planned = [];
    private volatile int _count;

    /// <summary>The number of faults that have not happened yet.</summary>
    public int Remaining
    {
        get
        {
            lock (_gate)
                return _planned.Sum(p => p.Times);
        }
    }

    /// <summary>The faults that have not happened yet, in order.</summary>
    public IReadOnlyList<FaultSpec> Planned
    {
        get
        {
            lock (_gate)
                return [.. _planned.Select(p => FaultSpec.Of(p.Fault, p.Method, p.Times, p.ChatId))];
        }
    }

    /// <summary>The next calls fail in this way.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="method">The method it happens to; null for every method but getUpdates, <c>*</c> for every method.</param>
    /// <param name="times">To how many calls it happens.</param>
    /// <param name="chatId">Only to calls with this <c>chat_id</c>.</param>
    public void Next(Fault fault, string? method = null, int times = 1, long? chatId = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        lock (_gate)
        {
            _planned.Add(new PlannedFault(fault, method, chatId) { Times = times });
            _count = _planned.Count;
        }
    }

    /// <summary>Forgets all faults that have not happened yet.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _planned.Clear();
            _count = 0;
        }
    }

    internal Fault? Take(string method, Parameters parameters)
    {
        if (_count == 0)
            return null;
        lock (_gate)
        {
            var found = _planned.Find(p => p.Matches(method, parameters));
            if (found is null)
                return null;
            if (--found.Times == 0)
                _planned.Remove(found);
            _count = _planned.Count;
            return found.Fault;
        }
    }

    private sealed record PlannedFault(Fault Fault, string? Method, long? ChatId)
    {
        public int Times { get; set; }

        public bool Matches(string method, Parameters parameters) =>
            (Method == "*" || (Method is null ? method != "getUpdates" : method.Equals(Method, StringComparison.OrdinalIgnoreCase)))
            && (ChatId is null || (parameters.Has("chat_id") && parameters.Long("chat_id") == ChatId));
    }
}
