namespace MarketBot.Playground;

/// <summary>A finished call of the Bot API.</summary>
public sealed class ApiCall
{
    private readonly Parameters _parameters;
    private readonly Lazy<JsonElement> _json;
    private readonly Lazy<JsonElement?> _result;

    internal ApiCall(
        long number, string method, long? chatId, Parameters parameters, byte[]? result, ApiFailure? failure, DateTimeOffset at, TimeSpan duration,
        Fault? fault)
    {
        (Number, Method, ChatId, At, Duration) = (number, method, chatId, at, duration);
        _parameters = parameters;
        (ErrorCode, Description, RetryAfter) = (failure?.Code, failure?.Message, failure?.RetryAfter);
        Fault = fault switch
        {
            null => null,
            MarketBot.Playground.Fault.StatusFault status => string.Create(CultureInfo.InvariantCulture, $"status {status.Code}"),
            MarketBot.Playground.Fault.CutBeforeFault => "cut before",
            MarketBot.Playground.Fault.CutAfterFault => "cut after",
            MarketBot.Playground.Fault.HangFault => "hang",
            _ => "delay",
        };
        IsExecuted = failure is null && result is not null;
        ResultBytes = result;
        _json = new Lazy<JsonElement>(() => parameters.ToJson());
        _result = new Lazy<JsonElement?>(() => result is null ? null : JsonSerializer.Deserialize<JsonElement>(result));
    }

    /// <summary>The number of the call, from 1.</summary>
    public long Number { get; }

    /// <summary>The method in Telegram's spelling.</summary>
    public string Method { get; }

    /// <summary>The parameters as one JSON object, whatever way they came.</summary>
    public JsonElement Parameters => _json.Value;

    /// <summary>The chat of the call: the one it names, or the one whose query it answers.</summary>
    public long? ChatId { get; }

    /// <summary>True when the call was executed, also when its answer was then cut off.</summary>
    public bool IsExecuted { get; }

    /// <summary>True when the bot got <c>ok: true</c>.</summary>
    public bool Ok => IsExecuted && Fault != "cut after";

    /// <summary>The error code of a refused call.</summary>
    public int? ErrorCode { get; }

    /// <summary>The description of a refused call.</summary>
    public string? Description { get; }

    /// <summary>The seconds of a 429.</summary>
    public int? RetryAfter { get; }

    /// <summary>The result of an executed call.</summary>
    public JsonElement? Result => _result.Value;

    /// <summary>The planned fault that hit it: <c>status 500</c>, <c>cut before</c>, <c>cut after</c>, <c>delay</c>, <c>hang</c>; null for none.</summary>
    public string? Fault { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The time from the request to the answer.</summary>
    public TimeSpan Duration { get; }

    /// <summary>True when it broke a rule of Telegram (see <see cref="TelegramWorld.Violations"/>).</summary>
    public bool IsViolation => Fault is null && ErrorCode is 400 or 404 or 413 && !IsNormal(Description ?? "");

    internal byte[]? ResultBytes { get; }

    internal int Size => (ResultBytes?.Length ?? 0) + _parameters.Size;

    /// <summary>A parameter as text; empty when it was not given.</summary>
    public string Parameter(string name) => _parameters[name];

    /// <inheritdoc />
    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Number} {Method} {_parameters.ToText(300)}");
        if (Fault is not null)
            text.Append(CultureInfo.InvariantCulture, $" !{Fault}");
        return text.Append(" -> ").Append(ErrorCode is null ? (Ok ? "ok" : "no answer") : Description).ToString();
    }

    private static bool IsNormal(string description) =>
        description.Contains("message is not modified", StringComparison.Ordinal)
        || description.Contains("query is too old", StringComparison.Ordinal)
        || description.Contains("message to edit not found", StringComparison.Ordinal)
        || description.Contains("message to delete not found", StringComparison.Ordinal)
        || description.Contains("message can't be deleted for everyone", StringComparison.Ordinal)
        || description.Contains("group chat was upgraded", StringComparison.Ordinal);
}

/// <summary>The newest finished calls, bounded by number and by size.</summary>
internal sealed class CallLog(TelegramWorld world, int maxCalls)
{
    private const int MaxBytes = 64 << 20;

    private readonly Queue<ApiCall> _calls = [];
    private long _bytes;

    public long LastNumber { get; private set; }

    public IReadOnlyList<ApiCall> Snapshot()
    {
        lock (world.Gate)
            return [.. _calls];
    }

    /// <summary>The calls with a higher number, oldest first.</summary>
    public IReadOnlyList<ApiCall> After(long number)
    {
        lock (world.Gate)
            return [.. _calls.Skip((int)Math.Max(0, _calls.Count - (LastNumber - number)))];
    }

    /// <summary>The caller holds the gate.</summary>
    public void Add(string method, Parameters parameters, byte[]? result, ApiFailure? failure, DateTimeOffset at, TimeSpan duration, Fault? fault)
    {
        var call = new ApiCall(++LastNumber, method, ChatOf(parameters), parameters, result, failure, at, duration, fault);
        _calls.Enqueue(call);
        _bytes += call.Size;
        while (_calls.Count > maxCalls || (_bytes > MaxBytes && _calls.Count > 1))
            _bytes -= _calls.Dequeue().Size;
        world.Journal.Add(call);
        world.Notify();
    }

    /// <summary>Forgets the calls; their numbers go on.</summary>
    public void Clear()
    {
        _calls.Clear();
        _bytes = 0;
    }

    private static long? ChatOfScope(Parameters parameters)
    {
        try
        {
            return parameters.Json("scope", "scope") is { ValueKind: JsonValueKind.Object } scope && scope.Has("chat_id")
                ? scope.RequiredLong("chat_id") : null;
        }
        catch (Exception broken) when (broken is ApiFailure or FieldProblem)
        {
            return null;
        }
    }

    private long? ChatOf(Parameters parameters)
    {
        if (parameters.Has("chat_id"))
            return parameters.Long("chat_id");
        if (parameters.Has("callback_query_id"))
            return world.Callbacks.Find(parameters["callback_query_id"])?.Chat.Id;
        if (parameters.Has("pre_checkout_query_id"))
            return world.Payments.Find(parameters["pre_checkout_query_id"])?.By.Id;
        if (parameters.Has("user_id"))
            return parameters.Long("user_id");
        return parameters.Has("scope") ? ChatOfScope(parameters) : null;
    }
}
