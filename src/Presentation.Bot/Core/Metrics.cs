using System.Diagnostics.Metrics;

namespace MarketBot.Presentation.Bot.Core;

/// <summary>What the bot counts and measures, for whoever listens to the meter <c>MarketBot</c>; the README lists it.</summary>
internal sealed class Metrics : IDisposable
{
    private readonly TimeProvider _time;
    private long _polledAt;

    /// <summary>Counts from now on.</summary>
    public Metrics(TimeProvider time)
    {
        _time = time;
        Meter = new Meter("MarketBot");
        Handled = Meter.CreateCounter<long>("marketbot.updates.handled", "{update}", "Updates that were handled to their end");
        Repeated = Meter.CreateCounter<long>("marketbot.updates.repeated", "{update}", "Updates that Telegram delivered again and that were recognised");
        Dead = Meter.CreateCounter<long>("marketbot.updates.dead", "{update}", "Updates that were given up");
        Sent = Meter.CreateCounter<long>("marketbot.outbox.sent", "{message}", "Messages of the outbox that arrived");
        SentAgain = Meter.CreateCounter<long>("marketbot.outbox.repeated", "{message}", "Messages of the outbox that were sent again although the first may have arrived");
        Meter.CreateObservableGauge("marketbot.poll.age", PollAge, "s", "Time since Telegram last answered getUpdates; polling only");
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; }

    /// <summary>Updates that were handled to their end.</summary>
    public Counter<long> Handled { get; }

    /// <summary>Updates that Telegram delivered again and that were recognised.</summary>
    public Counter<long> Repeated { get; }

    /// <summary>Updates that were given up.</summary>
    public Counter<long> Dead { get; }

    /// <summary>Messages of the outbox that arrived.</summary>
    public Counter<long> Sent { get; }

    /// <summary>Messages of the outbox that were sent again although the first may have arrived.</summary>
    public Counter<long> SentAgain { get; }

    /// <summary>Telegram has answered a poll, or the first one begins.</summary>
    public void Polled() => Volatile.Write(ref _polledAt, _time.GetTimestamp());

    /// <inheritdoc />
    public void Dispose() => Meter.Dispose();

    private IEnumerable<Measurement<double>> PollAge() =>
        Volatile.Read(ref _polledAt) is not 0 and var at ? [new Measurement<double>(_time.GetElapsedTime(at).TotalSeconds)] : [];
}
