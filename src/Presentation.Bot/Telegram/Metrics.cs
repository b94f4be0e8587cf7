using System.Diagnostics.Metrics;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>The measurements of polling, on the meter <c>MarketBot</c>; the README lists them.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly TimeProvider _time;
    private long _polledAt;
    private volatile bool _hasPolled;

    /// <summary>Measures from now on.</summary>
    public Metrics(TimeProvider time)
    {
        _time = time;
        Meter.CreateObservableGauge("marketbot.poll.age", PollAge, "s", "Time since Telegram last answered getUpdates; polling only");
    }

    public Meter Meter { get; } = new("MarketBot");

    /// <summary>Telegram has answered a poll, or the first one begins.</summary>
    public void Polled()
    {
        Volatile.Write(ref _polledAt, _time.GetTimestamp());
        _hasPolled = true;
    }

    /// <inheritdoc />
    public void Dispose() => Meter.Dispose();

    private IEnumerable<Measurement<double>> PollAge() =>
        _hasPolled ? [new Measurement<double>(_time.GetElapsedTime(Volatile.Read(ref _polledAt)).TotalSeconds)] : [];
}
