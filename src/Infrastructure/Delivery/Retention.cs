using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>How long the bot's own records are kept: the configuration section <c>Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Retention";

    /// <summary>Numbers of updates that are done, to recognise a late copy.</summary>
    public TimeSpan Tombstones { get; set; } = TimeSpan.FromHours(48);

    /// <summary>Updates and messages that were given up.</summary>
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Conversations that nobody continues.</summary>
    public TimeSpan IdleSessions { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Who changed what.</summary>
    public TimeSpan Audit { get; set; } = TimeSpan.FromDays(400);
}

/// <summary>Removes what has been kept long enough, a little at a time, so that nobody waits for it.</summary>
internal sealed partial class Retention(IServiceScopeFactory scopes, WriteGate gate, IInstance instance, IOptions<RetentionOptions> options, TimeProvider time, ILogger<Retention> log) : BackgroundService
{
    private const int Stretch = 1000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (instance.IsLeader)
                    await Clean(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start goes on.
        }
    }

    private async Task Clean(CancellationToken ct)
    {
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            var (tombstones, dead, sessions, audit) = (now - options.Value.Tombstones, now - options.Value.DeadLetters, now - options.Value.IdleSessions, now - options.Value.Audit);
            await Remove(c => c.Inbox.Where(r => r.State == InboxState.Done && r.EndedAt < tombstones), ct);
            await Remove(c => c.Inbox.Where(r => r.State == InboxState.Dead && r.EndedAt < dead), ct);
            await Remove(c => c.Outbox.Where(r => r.Reason != null && r.DueAt < dead), ct);
            await Remove(c => c.Sessions.Where(r => r.UpdatedAt < sessions), ct);
            await Remove(c => c.Audit.Where(r => r.At < audit), ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            CannotClean(failure);
        }
    }

    private async Task Remove<T>(Func<MarketBotContext, IQueryable<T>> old, CancellationToken ct)
        where T : class
    {
        int removed;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            using var turn = await gate.Enter(ct);
            removed = await old(scope.ServiceProvider.GetRequiredService<MarketBotContext>()).Take(Stretch).ExecuteDeleteAsync(ct);
        }
        while (removed == Stretch);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old records could not be removed; trying again later")]
    private partial void CannotClean(Exception failure);
}
