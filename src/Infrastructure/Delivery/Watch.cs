using System.Data.Common;
using MarketBot.Application.Common;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Notices what others change in the marketplace's tables, and tells those whom it concerns: a ban to the person, a switch
/// of a shop to its sellers. What they know stands in the database and changes in the transaction that tells them, so
/// nothing is told twice, and what happened while the bot was off is told after its start. The first look of all only records.
/// </summary>
/// <remarks>
/// A look goes through the tables by key, some thousand rows at a time with a pause between, and as a rule finds nothing: however large the
/// marketplace is, nobody waits for it. What it finds is changed a stretch at a time, in transactions that look once more. What the sellers are
/// to be told waits in <c>marketbot_notices</c> for the look's end, so that a thousand shops switched at once are one message.
/// </remarks>
internal sealed partial class Watch(IServiceScopeFactory scopes, Reads reads, DatabaseProvider database, IInstance instance, TimeProvider time, ILogger<Watch> log) : BackgroundService
{
    /// <summary>How many people or shops one transaction changes.</summary>
    private const int Stretch = 500;

    private static readonly Walk BannedOrRestored = new(
        "tg_bot_telegramuser", "id, chat_id, is_banned", "t.is_banned <> ((SELECT k.telegram_id FROM marketbot_known_bans k WHERE k.telegram_id = t.chat_id) IS NOT NULL)");

    private static readonly Walk Unregistered = new(
        "marketbot_known_bans", "telegram_id", "(SELECT u.chat_id FROM tg_bot_telegramuser u WHERE u.chat_id = t.telegram_id) IS NULL");

    private static readonly Walk SwitchedOrGone = new(
        "marketbot_known_shops",
        "shop_id, is_active, price_updating",
        "(SELECT s.is_active = t.is_active AND s.price_updating = t.price_updating FROM shops s WHERE s.id = t.shop_id) IS NOT TRUE");

    private static readonly Walk NewlyBound = new(
        "tg_bot_telegramuser_shops",
        "shop_id",
        "(SELECT k.shop_id FROM marketbot_known_shops k WHERE k.shop_id = t.shop_id) IS NULL AND (SELECT s.id FROM shops s WHERE s.id = t.shop_id) IS NOT NULL");

    private static readonly Walk Noted = new("marketbot_notices", "telegram_id", "true");

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Between two reads; a million bindings are gone through in less than the time between two looks.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    /// <summary>
    /// On PostgreSQL a row of the audit may appear after one of a higher number that was written in a shorter transaction; so long after, it cannot
    /// (its limits are <c>PostgresProvider</c>'s), whatever the difference of clocks. Where there is one writer, none appears late.
    /// </summary>
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromMinutes(10);

    private int _reads;
    private TimeSpan _longest;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                if (instance.IsLeader)
                    await Look(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    private async Task Look(CancellationToken ct)
    {
        try
        {
            var started = time.GetTimestamp();
            (_reads, _longest) = (0, TimeSpan.Zero);
            await LookAtAll(ct);
            var elapsed = time.GetElapsedTime(started);
            Looked(elapsed, _reads, _longest);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            CannotLook(failure);
        }
    }

    private async Task LookAtAll(CancellationToken ct)
    {
        var settled = await Read(
            "SELECT id FROM marketbot_audit WHERE +at < @p0 ORDER BY id DESC LIMIT 1",
            row => row.GetInt64(0),
            (time.GetUtcNow() - (database.IsShared ? LongestTransaction : TimeSpan.Zero)).ToUnixTimeMilliseconds()) is [var row] ? row : 0;
        long? seen = await Read("SELECT audit_id FROM marketbot_watch", row => row.GetInt64(0)) is [var last] ? last : null;

        await Change<KnownBans>(await Find(BannedOrRestored, ct), (bans, people) => bans.Tell(people, isSilent: seen is null), ct);
        await Change<KnownBans>(await Find(Unregistered, ct), (bans, people) => bans.Forget(people).AsTask(), ct);
        if (seen is { } since)
            await Change<KnownShops>(await FindSwitched(ct), (known, shops) => known.Update(shops, since, ct), ct);
        await Change<KnownShops>(await Find(NewlyBound, ct), (known, shops) => known.Record(shops).AsTask(), ct);
        await Change<KnownShops>(await Find(Noted, ct), (known, people) => known.Tell(people, ct), ct);
        if (seen != settled)
            await Change<MarketBotContext>([settled], (context, _) => Record(context, settled, ct), ct);
    }

    /// <summary>Where it had passed before it found the first, it looks again: what was switched together is told together.</summary>
    private async Task<List<long>> FindSwitched(CancellationToken ct)
    {
        var found = await Find(SwitchedOrGone, ct);
        return found is [var first, ..] ? [.. await Find(SwitchedOrGone, ct, below: first), .. found] : found;
    }

    /// <summary>The keys of all rows that a walk looks out for, in order.</summary>
    private async Task<List<long>> Find(Walk walk, CancellationToken ct, long below = long.MaxValue)
    {
        var found = new List<long>();
        for (var after = long.MinValue; ;)
        {
            var (count, last, wanted) = (await Read(walk.Slice, row => (row.GetInt64(0), row.IsDBNull(1) ? below : row.GetInt64(1), row.GetInt64(2)), after))[0];
            if (wanted > 0)
                found.AddRange((await Read(walk.Wanted, row => row.GetInt64(0), after, last)).TakeWhile(key => key < below));
            if (count < Walk.Size || last >= below)
                return found;

            after = last;
            await Task.Delay(Pause, time, ct);
        }
    }

    private async Task<List<T>> Read<T>(string sql, Func<DbDataReader, T> map, params object[] parameters)
    {
        var started = time.GetTimestamp();
        var rows = await reads.Query(sql, map, parameters);
        var elapsed = time.GetElapsedTime(started);
        (_reads, _longest) = (_reads + 1, elapsed > _longest ? elapsed : _longest);
        return rows;
    }

    /// <summary>Changes what was found, a stretch in a transaction, alone among those that look.</summary>
    private async Task Change<T>(IEnumerable<long> found, Func<T, long[], Task> change, CancellationToken ct)
        where T : notnull
    {
        foreach (var stretch in found.Chunk(Stretch))
        {
            await using var scope = scopes.CreateAsyncScope();
            var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
            await work.Begin(ct);
            await database.Serialise(scope.ServiceProvider.GetRequiredService<MarketBotContext>(), nameof(Watch), ct);
            await change(scope.ServiceProvider.GetRequiredService<T>(), stretch);
            if (await work.Save(ct) is null)
                await work.Commit(ct);
        }
    }

    private static Task<int> Record(MarketBotContext context, long settled, CancellationToken ct) => context.Database.ExecuteSqlAsync(
        $"INSERT INTO marketbot_watch (id, audit_id) VALUES ({WatchRow.Only}, {settled}) ON CONFLICT (id) DO UPDATE SET audit_id = excluded.audit_id", ct);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Looked at what others have changed in {Elapsed}: {Reads} reads, the longest {Longest}")]
    private partial void Looked(TimeSpan elapsed, int reads, TimeSpan longest);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What others have changed cannot be looked at; trying again")]
    private partial void CannotLook(Exception failure);
}
