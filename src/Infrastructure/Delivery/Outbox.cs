using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>A message that must arrive.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Chat">To whom.</param>
/// <param name="Notice">What to tell; null when <paramref name="Reply"/> is to be sent.</param>
/// <param name="Arguments">What the notice is about.</param>
/// <param name="Reply">A reply that could not be sent directly, as the presentation wrote it.</param>
/// <param name="Tries">How often sending it has failed.</param>
/// <param name="UncertainSends">How many sends ended, or may have ended, without anybody knowing how.</param>
internal sealed record OutboxMessage(long Id, TelegramId Chat, Notice? Notice, NoticeArguments Arguments, byte[]? Reply, int Tries, int UncertainSends);

/// <summary>Messages that must arrive, in storage that outlives the process.</summary>
internal interface IOutbox : IWaitingReplies
{
    /// <summary>Puts a reply that is about to be sent in the place of an older one of its name, if one waits or is being sent: whatever arrives last is the newer one.</summary>
    Task Renew(WaitingReply reply, CancellationToken ct);

    /// <summary>What is due now, oldest first, at most one message for a chat.</summary>
    /// <param name="count">At most so many, in all processes together.</param>
    /// <param name="except">Chats to which something is being sent.</param>
    /// <param name="ct">Ends it early.</param>
    Task<IReadOnlyList<OutboxMessage>> ReadDue(int count, IReadOnlyCollection<TelegramId> except, CancellationToken ct);

    /// <summary>The message is about to be sent: if the process dies now, it may have been.</summary>
    /// <returns>The message as it is to be sent, which may be newer than what was read, with this try counted; null when another process has tried since it was read, or it is gone.</returns>
    Task<OutboxMessage?> Sending(OutboxMessage message, CancellationToken ct);

    /// <summary>It has arrived. One that took its place meanwhile stays.</summary>
    Task Sent(OutboxMessage message, CancellationToken ct);

    /// <summary>It has not arrived; try again later.</summary>
    Task Postpone(OutboxMessage message, TimeSpan wait, bool isUncertain, CancellationToken ct);

    /// <summary>It will never arrive: kept as a dead letter.</summary>
    Task Bury(OutboxMessage message, string reason, CancellationToken ct);

    /// <summary>Ends everything that waits for a person who cannot be reached.</summary>
    Task BuryAllOf(TelegramId person, string reason, CancellationToken ct);
}

/// <summary>The outbox in <c>marketbot_outbox</c>.</summary>
internal sealed class Outbox(ICaller caller, MarketBotContext context, IInstance instance, WriteGate gate, PayloadCipher cipher, TimeProvider time) : IOutbox, INotices
{
    private const int MostReasonCharacters = 256;

    /// <summary>By how much clocks of several machines may differ.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public void Tell(TelegramId person, Notice notice) =>
        context.Add(OutboxRow.Of(person, notice.ToString(), null, Now, caller.IsOperator ? null : $"{caller.UpdateId}:{person}:{notice}"));

    public async Task Add(WaitingReply reply, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var content = cipher.Encrypt(reply.Content);
        var uncertain = reply.IsUncertain ? 1 : 0;
        using var turn = await gate.Enter(ct);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO marketbot_outbox (chat_id, name, reply, created_at, due_at, tries, uncertain_sends) VALUES ({reply.Chat.Value}, {reply.Name}, {content}, {now}, {now}, 0, {uncertain})
            ON CONFLICT (name) DO UPDATE SET reply = excluded.reply, created_at = excluded.created_at, due_at = excluded.due_at, waits_since = NULL, tries = 0,
                uncertain_sends = excluded.uncertain_sends, reason = NULL WHERE {reply.Replaces}
            """,
            ct);
    }

    public Task Renew(WaitingReply reply, CancellationToken ct)
    {
        var content = cipher.Encrypt(reply.Content);
        var now = Now;
        return Change(
            rows => rows.Where(r => r.Name == reply.Name && r.Reason == null).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.Reply, content).SetProperty(r => r.DueAt, now).SetProperty(r => r.Tries, 0).SetProperty(r => r.UncertainSends, 0), ct),
            ct);
    }

    /// <summary>A clock that was put back makes nobody wait: what began to wait in the future is due, and so is what never waited.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> ReadDue(int count, IReadOnlyCollection<TelegramId> except, CancellationToken ct)
    {
        var now = Now;
        var future = now + ClockDifference;
        var share = Math.Max(1, count * instance.Leases.Count / LaneSlot.Count);
        var mine = Mine().AsNoTracking();
        if (except.Count > 0)
            mine = mine.Where(r => !except.Contains(r.ChatId));
        var rows = await mine
            .Where(r => r.Reason == null && (r.DueAt <= now || r.WaitsSince == null || r.WaitsSince > future) && !context.Outbox.Any(earlier => earlier.Reason == null && earlier.ChatId == r.ChatId && earlier.Id < r.Id))
            .OrderBy(r => r.DueAt).Take(share).ToListAsync(ct);
        return rows.ConvertAll(Message);
    }

    public async Task<OutboxMessage?> Sending(OutboxMessage message, CancellationToken ct)
    {
        var tried = message with { Tries = message.Tries + 1 };
        var isOurs = await Change(
            rows => As(message, rows).Where(r => r.Reason == null)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.UncertainSends, r => r.UncertainSends + 1).SetProperty(r => r.Tries, tried.Tries), ct),
            ct) == 1;
        return isOurs && await As(tried, context.Outbox).AsNoTracking().FirstOrDefaultAsync(ct) is { } row ? Message(row) : null;
    }

    public Task Sent(OutboxMessage message, CancellationToken ct) => Change(rows => As(message, rows).ExecuteDeleteAsync(ct), ct);

    public Task Postpone(OutboxMessage message, TimeSpan wait, bool isUncertain, CancellationToken ct)
    {
        var now = Now;
        var due = now + wait;
        var known = isUncertain ? 0 : 1;
        return Change(rows => As(message, rows).ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, due).SetProperty(r => r.WaitsSince, now).SetProperty(r => r.UncertainSends, r => r.UncertainSends - known), ct), ct);
    }

    public Task Bury(OutboxMessage message, string reason, CancellationToken ct) => Bury(rows => As(message, rows), reason, ct);

    public Task BuryAllOf(TelegramId person, string reason, CancellationToken ct) => Bury(rows => rows.Where(r => r.ChatId == person && r.Reason == null), reason, ct);

    private OutboxMessage Message(OutboxRow row) => new(
        row.Id, row.ChatId, row.Notice is null ? null : Enum.Parse<Notice>(row.Notice), NoticeArguments.FromJson(row.Arguments), row.Reply is null ? null : cipher.Decrypt(row.Reply),
        row.Tries, row.UncertainSends);

    /// <summary>The message, unless somebody else has tried it, or another one has taken its place, since it was read.</summary>
    private static IQueryable<OutboxRow> As(OutboxMessage message, IQueryable<OutboxRow> rows) => rows.Where(r => r.Id == message.Id && r.Tries == message.Tries);

    /// <summary>Chats are shared out as lanes are.</summary>
    private IQueryable<OutboxRow> Mine()
    {
        if (instance.IsAlone)
            return context.Outbox;

        long[] slots = [.. instance.Leases.Keys];
        return context.Outbox.FromSql($"SELECT * FROM marketbot_outbox WHERE (chat_id & 63) = ANY ({slots})");
    }

    private Task<int> Bury(Func<IQueryable<OutboxRow>, IQueryable<OutboxRow>> which, string reason, CancellationToken ct)
    {
        var shortReason = Text.Cut(reason, MostReasonCharacters);
        return Change(rows => which(rows).ExecuteUpdateAsync(set => set.SetProperty(r => r.Reason, shortReason), ct), ct);
    }

    private async Task<int> Change(Func<DbSet<OutboxRow>, Task<int>> change, CancellationToken ct)
    {
        using var turn = await gate.Enter(ct);
        return await change(context.Outbox);
    }
}
