using System.Collections.Concurrent;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Sends what must arrive, until it has: one message a second to a chat and thirty overall (Bot FAQ, "Broadcasting to
/// users"), later where Telegram says so, again where the outcome is unknown, but only once.
/// </summary>
internal sealed partial class OutboxSender(
    IServiceScopeFactory scopes, IInbox inbox, IReplySender sender, DeliveryMetrics metrics, TimeProvider time, ILogger<OutboxSender> log) : BackgroundService
{
    private const int MostAtOnce = 30;
    private const int MostUnderWay = 60;

    /// <summary>A day, more or less: 30 tries four seconds apart, the others five minutes.</summary>
    private const int MostTries = 300;
    private const int QuickTries = 30;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private const string Unreachable = "The person cannot be reached.";

    private readonly ConcurrentDictionary<TelegramId, Task> _underWay = new();
    private readonly CancellationTokenSource _end = new();

    /// <inheritdoc />
    public override void Dispose()
    {
        _end.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await SendDue(stoppingToken);
            }
            catch (Exception failure)
            {
                if (!stoppingToken.IsCancellationRequested)
                    CannotSend(failure);
            }
        }
        while (await Next(tick, stoppingToken));

        await EndSends();
    }

    /// <summary>What gets no answer for so long is given up, as by a kill: it counts as of unknown outcome.</summary>
    private async Task EndSends()
    {
        var sends = Task.WhenAll(_underWay.Values);
        await Task.WhenAny(sends, Task.Delay(LongestEnd, time, CancellationToken.None));
        await _end.CancelAsync();
        await sends;
    }

    private static async Task<bool> Next(PeriodicTimer tick, CancellationToken ct)
    {
        try
        {
            return await tick.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>At most one message for a chat, so that a tick a second paces each chat. A call that gets no answer in a tick's time holds up its own chat only.</summary>
    private async Task SendDue(CancellationToken ct)
    {
        if (_underWay.Count >= MostUnderWay)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var due = await scope.ServiceProvider.GetRequiredService<IOutbox>().ReadDue(MostAtOnce, [.. _underWay.Keys], ct);
        if (due.Count > 0)
            await Task.WhenAny(Task.WhenAll(due.Select(message => SendApart(message, ct))), Task.Delay(Tick, time, ct));
    }

    private async Task SendApart(OutboxMessage message, CancellationToken ct)
    {
        var over = new TaskCompletionSource();
        _underWay[message.Chat] = over.Task;
        try
        {
            await Send(message, ct);
        }
        catch (Exception failure)
        {
            if (!ct.IsCancellationRequested)
                CannotSend(failure);
        }
        finally
        {
            _underWay.TryRemove(message.Chat, out _);
            over.SetResult();
        }
    }

    private async Task Send(OutboxMessage message, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IOutbox>();
        if (message.UncertainSends > 1)
        {
            await outbox.Bury(message, "Its outcome stayed unknown twice.", CancellationToken.None);
            return;
        }

        var person = await scope.ServiceProvider.GetRequiredService<ICallerStore>().Load(message.Chat, CancellationToken.None);
        if (person.WasUnreachable)
        {
            await outbox.BuryAllOf(message.Chat, Unreachable, CancellationToken.None);
            return;
        }

        if (await outbox.Sending(message, CancellationToken.None) is not { } sending)
            return;
        if (ReplyOf(sending, person) is not { } reply)
        {
            await outbox.Bury(sending, "It cannot be read: it was written under another token.", CancellationToken.None);
            return;
        }

        if (message.UncertainSends > 0)
            metrics.SentAgain.Add(1);
        var sent = await sender.Send(reply, _end.Token);
        if (sent.Outcome == SendOutcome.Sent)
            metrics.Sent.Add(1);
        await Record(
            () => sent.Outcome switch
            {
                SendOutcome.Sent => outbox.Sent(sending, CancellationToken.None),
                SendOutcome.Unreachable => GiveUp(scope.ServiceProvider, message.Chat),
                SendOutcome.Refused => outbox.Bury(sending, "Telegram refused it.", CancellationToken.None),
                _ when sending.Tries >= MostTries && sent.RetryAfter is null => outbox.Bury(sending, $"Telegram could not be reached on {sending.Tries} tries.", CancellationToken.None),
                _ => outbox.Postpone(sending, sent.RetryAfter ?? Backoff(sending.Tries), sent.IsUncertain, CancellationToken.None),
            },
            ct);
    }

    private static async Task GiveUp(IServiceProvider services, TelegramId person)
    {
        await services.GetRequiredService<IReachability>().MarkUnreachable(person, CancellationToken.None);
        await services.GetRequiredService<IOutbox>().BuryAllOf(person, Unreachable, CancellationToken.None);
    }

    /// <summary>How sending went is known only here: an outage of storage must not make a message be sent again that has arrived.</summary>
    private async Task Record(Func<Task> write, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception outage) when (inbox.IsOutage(outage))
            {
                await Task.Delay(Tick, time, ct);
            }
        }
    }

    private IReply? ReplyOf(OutboxMessage message, CallerState person) => message.Notice is { } notice
        ? sender.Write(message.Chat, notice, message.Arguments, person.Session)
        : message.Reply is { } reply ? sender.Read(reply) : null;

    /// <summary>Short enough that a message leaves within five seconds after an outage of two minutes.</summary>
    private static TimeSpan Backoff(int tries) =>
        (tries > QuickTries ? LongWait : TimeSpan.FromSeconds(Math.Min(ShortWait.TotalSeconds, tries))) * (0.75 + (Random.Shared.NextDouble() / 2));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be worked off; trying again")]
    private partial void CannotSend(Exception failure);
}
