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
/// A look reads, and as a rule finds nothing. What it finds is changed a stretch at a time, in transactions that look once more. What the
/// sellers are to be told waits in <c>marketbot_notices</c> for the look's end, so that a thousand shops switched at once are one message.
/// </remarks>
internal sealed partial class Watch(IServiceScopeFactory scopes, Reads reads, DatabaseProvider database, IInstance instance, TimeProvider time, ILogger<Watch> log) : BackgroundService
{
    /// <summary>How many people or shops one transaction changes.</summary>
    private const int Stretch = 500;

    private const string BannedOrRestored =
        "SELECT u.id FROM tg_bot_telegramuser u LEFT JOIN marketbot_known_bans k ON k.telegram_id = u.chat_id WHERE u.is_banned <> (k.telegram_id IS NOT NULL)";

    private const string Unregistered =
        "SELECT k.telegram_id FROM marketbot_known_bans k WHERE NOT EXISTS (SELECT 1 FROM tg_bot_telegramuser u WHERE u.chat_id = k.telegram_id)";

    private const string Switched =
        "SELECT k.shop_id FROM marketbot_known_shops k JOIN shops s ON s.id = k.shop_id WHERE s.is_active <> k.is_active OR s.price_updating <> k.price_updating";

    private const string Unbound =
        """
        SELECT k.shop_id FROM marketbot_known_shops k LEFT JOIN shops s ON s.id = k.shop_id
        WHERE s.id IS NULL OR NOT EXISTS (SELECT 1 FROM tg_bot_telegramuser_shops b WHERE b.shop_id = k.shop_id)
        """;

    private const string NewlyBound =
        """
        SELECT DISTINCT b.shop_id FROM tg_bot_telegramuser_shops b
        WHERE NOT EXISTS (SELECT 1 FROM marketbot_known_shops k WHERE k.shop_id = b.shop_id) AND EXISTS (SELECT 1 FROM shops s WHERE s.id = b.shop_id)
        """;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

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
            await LookAtAll(ct);
            Looked();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            CannotLook(failure);
        }
    }

    private async Task LookAtAll(CancellationToken ct)
    {
        var newest = (await Find("SELECT COALESCE(MAX(id), 0) FROM marketbot_audit"))[0];
        long? seen = await Find("SELECT audit_id FROM marketbot_watch") is [var last] ? last : null;

        await Change<KnownBans>(await Find(BannedOrRestored), (bans, people) => bans.Tell(people, isSilent: seen is null), ct);
        await Change<KnownBans>(await Find(Unregistered), (bans, people) => bans.Forget(people).AsTask(), ct);
        if (seen is { } since)
            await Change<KnownShops>(await Find(Switched), (known, shops) => known.NoteSwitches(shops, since, ct), ct);
        await Change<KnownShops>(await Find(Unbound), (known, shops) => known.Forget(shops).AsTask(), ct);
        await Change<KnownShops>(await Find(NewlyBound), (known, shops) => known.Record(shops).AsTask(), ct);
        await Change<KnownShops>(await Find("SELECT DISTINCT telegram_id FROM marketbot_notices"), (known, people) => known.Tell(people, ct), ct);
        if (seen != newest)
            await Change<MarketBotContext>([newest], (context, _) => Record(context, newest, ct), ct);
    }

    private ValueTask<List<long>> Find(string sql) => reads.Query(sql, row => row.GetInt64(0));

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
            if (await work.Commit(ct) is null)
                await work.Complete(null, null, ct);
        }
    }

    private static Task<int> Record(MarketBotContext context, long newest, CancellationToken ct) => context.Database.ExecuteSqlAsync(
        $"INSERT INTO marketbot_watch (id, audit_id) VALUES ({WatchRow.Only}, {newest}) ON CONFLICT (id) DO UPDATE SET audit_id = excluded.audit_id", ct);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Looked at what others have changed")]
    private partial void Looked();

    [LoggerMessage(Level = LogLevel.Warning, Message = "What others have changed cannot be looked at; trying again")]
    private partial void CannotLook(Exception failure);
}
