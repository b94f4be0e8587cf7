using System.Text.Json.Serialization;

namespace MarketBot.Playground;

/// <summary>A planned fault as the control API and scenario files write it.</summary>
public sealed record FaultSpec
{
    /// <summary><c>status</c>, <c>cut_before</c>, <c>cut_after</c>, <c>delay</c> or <c>hang</c>.</summary>
    [JsonRequired]
    public string Kind { get; init; } = "";

    /// <summary>The error code of a <c>status</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Code { get; init; }

    /// <summary>The seconds of a 429, or of a <c>delay</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    /// <summary>The method it happens to; left out for every method but getUpdates, <c>*</c> for every method.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Method { get; init; }

    /// <summary>To how many calls it happens.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Only to calls with this <c>chat_id</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Chat { get; init; }

    internal static FaultSpec Of(Fault fault, string? method, int times, long? chat)
    {
        var spec = new FaultSpec { Method = method, Times = times, Chat = chat };
        return fault switch
        {
            Fault.StatusFault status => spec with { Kind = "status", Code = status.Code, Seconds = status.RetryAfter },
            Fault.CutBeforeFault => spec with { Kind = "cut_before" },
            Fault.CutAfterFault => spec with { Kind = "cut_after" },
            Fault.DelayFault delay => spec with { Kind = "delay", Seconds = delay.Time.TotalSeconds },
            _ => spec with { Kind = "hang" },
        };
    }

    internal void AddTo(FaultPlan plan) => plan.Next(ToFault(), Method is { Length: > 0 } ? Method : null, Times, Chat);

    private Fault ToFault() => Kind switch
    {
        "status" when Code is null or < 400 or > 599 => throw new ArgumentException("A status fault has a code from 400 to 599."),
        "status" => Fault.Status(Code.Value, (int?)Seconds),
        "cut_before" => Fault.CutBefore,
        "cut_after" => Fault.CutAfter,
        "delay" when Seconds is null or <= 0 or > 3600 => throw new ArgumentException("A delay has seconds, up to 3600."),
        "delay" => Fault.Delay(TimeSpan.FromSeconds(Seconds.Value)),
        "hang" => Fault.Hang,
        _ => throw new ArgumentException($"A fault is status, cut_before, cut_after, delay or hang, not “{Kind}”."),
    };
}
