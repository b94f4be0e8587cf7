using System.Diagnostics.Metrics;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>What the engine counts, for whoever listens to the meter <c>MarketBot</c>; the README lists it.</summary>
internal sealed class DeliveryMetrics : IDisposable
{

    /// <summary>Counts from now on.</summary>
    public DeliveryMetrics()
    {
        Handled = Meter.CreateCounter<long>("marketbot.updates.handled", "{update}", "Updates that were handled to their end");
        Repeated = Meter.CreateCounter<long>("marketbot.updates.repeated", "{update}", "Updates that Telegram delivered again and that were recognised");
        Dead = Meter.CreateCounter<long>("marketbot.updates.dead", "{update}", "Updates that were given up");
        Sent = Meter.CreateCounter<long>("marketbot.outbox.sent", "{message}", "Messages of the outbox that arrived");
        SentAgain = Meter.CreateCounter<long>("marketbot.outbox.repeated", "{message}", "Messages of the outbox that were sent again although the first may have arrived");
    }

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new("MarketBot");

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

    /// <inheritdoc />
    public void Dispose() => Meter.Dispose();
}
