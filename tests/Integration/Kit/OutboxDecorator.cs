using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Delivery;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>The real outbox, seen through a test's eyes.</summary>
internal abstract class OutboxDecorator(IOutbox outbox) : IOutbox
{
    /// <inheritdoc />
    public Task Add(WaitingReply reply, CancellationToken ct) => outbox.Add(reply, ct);

    /// <inheritdoc />
    public Task Renew(WaitingReply reply, CancellationToken ct) => outbox.Renew(reply, ct);

    /// <inheritdoc />
    public virtual Task<IReadOnlyList<OutboxMessage>> ReadDue(int count, IReadOnlyCollection<TelegramId> except, CancellationToken ct) =>
        outbox.ReadDue(count, except, ct);

    /// <inheritdoc />
    public virtual Task<OutboxMessage?> Sending(OutboxMessage message, CancellationToken ct) => outbox.Sending(message, ct);

    /// <inheritdoc />
    public Task Sent(OutboxMessage message, CancellationToken ct) => outbox.Sent(message, ct);

    /// <inheritdoc />
    public Task Postpone(OutboxMessage message, TimeSpan wait, bool isUncertain, CancellationToken ct) => outbox.Postpone(message, wait, isUncertain, ct);

    /// <inheritdoc />
    public Task Bury(OutboxMessage message, string reason, CancellationToken ct) => outbox.Bury(message, reason, ct);

    /// <inheritdoc />
    public Task BuryAllOf(TelegramId person, string reason, CancellationToken ct) => outbox.BuryAllOf(person, reason, ct);
}
