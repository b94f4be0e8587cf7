namespace MarketBot.Infrastructure.Delivery;

/// <summary>Stores what arrives, and offers it to the lanes.</summary>
internal sealed class Intake(IInbox inbox, InboxReader reader, DeliveryMetrics metrics, TimeProvider time) : IUpdateIntake
{
    public async Task Take(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var places = await inbox.Store(updates, ct);
        var fresh = new List<StoredUpdate>(updates.Count);
        for (var i = 0; i < updates.Count; i++)
        {
            if (places[i] is { } place)
                fresh.Add(new StoredUpdate(place, updates[i].Lane, default, now) { Content = updates[i].Content, Payload = updates[i].Content is null ? updates[i].Payload.ToArray() : null });
        }

        if (updates.Count - fresh.Count is > 0 and var known)
            metrics.Repeated.Add(known);
        reader.Offer(fresh);
    }

    public Task<long> CountOpen(CancellationToken ct) => inbox.CountOpen(ct);
}
