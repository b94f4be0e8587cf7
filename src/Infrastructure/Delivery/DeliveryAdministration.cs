using MarketBot.Application.Administration;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Delivery;

internal sealed class InboxAdministration(MarketBotContext context, PayloadCipher cipher, TimeProvider time) : IInboxAdministration
{
    public async Task<IReadOnlyList<InboxEntry>> List(long after, int count, CancellationToken ct) =>
        [.. (await context.Inbox.AsNoTracking().Where(r => r.State != InboxState.Done && r.Id > after).OrderBy(r => r.Id).Take(count).ToListAsync(ct)).Select(Entry)];

    public async Task<(InboxEntry Entry, byte[]? Payload)?> Find(long id, CancellationToken ct) =>
        await context.Inbox.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.State != InboxState.Done, ct) is { } row
            ? (Entry(row), row.Payload is null ? null : cipher.Decrypt(row.KeyId, row.Payload))
            : null;

    public async Task<Result<int>> Replay(long id, CancellationToken ct)
    {
        if (await context.Inbox.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.State == InboxState.Dead, ct) is not { } dead)
            return DeliveryRefusals.NoSuchUpdate;
        if (dead.Payload is null)
            return DeliveryRefusals.ContentErased;
        if (dead.Reply is not null)
            return DeliveryRefusals.AlreadyApplied;

        var newer = await context.Inbox.CountAsync(r => r.Lane == dead.Lane && r.State == InboxState.Done && r.Id > id, ct);

        // Somebody else may have replayed or dropped it since it was read.
        if (await context.Inbox.Where(r => r.Id == id && r.State == InboxState.Dead).ExecuteDeleteAsync(ct) == 0)
            return DeliveryRefusals.NoSuchUpdate;

        context.Add(new InboxRow
        {
            BotId = dead.BotId,
            UpdateId = dead.UpdateId,
            Lane = dead.Lane,
            State = InboxState.New,
            KeyId = dead.KeyId,
            Payload = dead.Payload,
            ReceivedAt = dead.ReceivedAt,
        });
        return newer;
    }

    public async Task<bool> Drop(long id, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await context.Inbox.Where(r => r.Id == id && r.State != InboxState.Done).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, InboxState.Done).SetProperty(r => r.Payload, (byte[]?)null).SetProperty(r => r.Reply, (byte[]?)null).SetProperty(r => r.EndedAt, now), ct) > 0;
    }

    private static InboxEntry Entry(InboxRow row) => new(row.Id, row.UpdateId, row.Lane, row.State == InboxState.Dead, row.ReceivedAt, row.Tries, row.Reason);
}

internal sealed class OutboxAdministration(MarketBotContext context, TimeProvider time) : IOutboxAdministration
{
    public async Task<IReadOnlyList<OutboxEntry>> List(long after, int count, CancellationToken ct) =>
    [
        .. (await context.Outbox.AsNoTracking().Where(r => r.Id > after).OrderBy(r => r.Id).Take(count).ToListAsync(ct))
            .Select(r => new OutboxEntry(r.Id, r.ChatId, r.Notice ?? "reply", r.CreatedAt, r.DueAt, r.Tries, r.Reason)),
    ];

    public async Task<bool> Retry(long id, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await context.Outbox.Where(r => r.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.Reason, (string?)null).SetProperty(r => r.UncertainSends, 0).SetProperty(r => r.DueAt, now).SetProperty(r => r.WaitsSince, (DateTime?)null), ct) > 0;
    }

    public async Task<bool> Drop(long id, CancellationToken ct) => await context.Outbox.Where(r => r.Id == id).ExecuteDeleteAsync(ct) > 0;
}
