using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Core;
using Telegram.Bot.Exceptions;

namespace MarketBot.Presentation.Bot.Updates;

/// <summary>
/// Takes one stored update to its end: handled, or a dead letter after a first try and three more. An outage of storage
/// or of Telegram is waited out and is no try.
/// </summary>
internal sealed partial class UpdateProcessor(
    IInbox inbox, IInstance instance, IServiceScopeFactory scopes, UpdateHandler handler, ReplySender sender, Incidents incidents, ConcurrencyLimit limit, Metrics metrics, TimeProvider time, ILogger<UpdateProcessor> log)
    : IDisposable
{
    /// <summary>Waits before the second, third and fourth try.</summary>
    private static readonly TimeSpan[] Retries = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(25)];

    private static readonly TimeSpan LongestOutageWait = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins nothing more and ends the waiting for retries: what is left stays in the inbox, in its order, for the next start.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Processes an update; never throws.</summary>
    /// <returns>Whether it is over; not so, when it was or seemed another process's turn meanwhile, or the process stops.</returns>
    public async Task<bool> Process(StoredUpdate stored)
    {
        var tries = stored.Tries;
        var outages = 0;
        var isBrokenOff = false;
        while (!_stop.IsCancellationRequested && instance.EpochOf(stored.Lane) == stored.Epoch)
        {
            try
            {
                if (isBrokenOff)
                {
                    var (isOpen, reply) = await inbox.Look(stored.Id, CancellationToken.None);
                    if (!isOpen)
                        return true;
                    stored = stored with { Reply = reply };
                    isBrokenOff = false;
                }

                await Try(stored);
                return true;
            }
            catch (AlreadyAppliedException)
            {
                // With what it was applied is not known here: it is read again, in its turn.
                return false;
            }
            catch (Exception outage) when (inbox.IsOutage(outage) || IsOutageOfTelegram(outage))
            {
                isBrokenOff = true;
                IsAway(outage, stored.Id);
                if (!await Wait(TimeSpan.FromMilliseconds(Math.Min(LongestOutageWait.TotalMilliseconds, 100 << Math.Min(outages++, 10)))))
                    return false;
            }
            catch (Exception failure)
            {
                isBrokenOff = true;
                if (await Fail(stored, ++tries, failure))
                    return true;
                if (!await Wait(Retries[tries - 1]))
                    return false;
            }
        }

        return false;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Not so, where Telegram was there and had something against the request.</summary>
    private static bool IsOutageOfTelegram(Exception failure) => failure is RequestException and not ApiRequestException { ErrorCode: 400 or 403 };

    private async Task Try(StoredUpdate stored)
    {
        if (stored.Reply is { } committed)
        {
            await Deliver(Outgoing.FromBytes(committed), stored);
            return;
        }

        if (stored.Update is not { } update)
        {
            CannotDecrypt(stored.Id);
            await inbox.Bury(stored.Id, "It was encrypted under another token; set Telegram:PreviousToken and replay it.", CancellationToken.None);
            metrics.Dead.Add(1);
            return;
        }

        if (await handler.Handle(update, stored) is { } reply)
            await Deliver(reply, stored);
        else
            End(stored);
    }

    private async Task Deliver(Outgoing reply, StoredUpdate stored)
    {
        await SendOrKeep(reply, stored);
        End(stored);
        if (reply.Afterwards is { } afterwards)
            await afterwards();
    }

    private void End(StoredUpdate stored)
    {
        inbox.Done(stored.Id);
        metrics.Handled.Add(1);
    }

    /// <summary>Sends directly; what cannot go now goes through the outbox, where a newer screen takes the place of an older one.</summary>
    private async Task SendOrKeep(Outgoing reply, StoredUpdate stored, string kind = "reply")
    {
        if (reply is { IsEdit: true, Html: not null, NothingWaits: false })
            await With<IOutbox>(o => o.Renew(reply.ToWait(stored.Id, kind), CancellationToken.None));
        var delivery = await sender.Send(reply, CancellationToken.None);
        if (delivery.Outcome == DeliveryOutcome.Unreachable)
            await With<IReachability>(r => r.MarkUnreachable(new TelegramId(reply.ChatId), CancellationToken.None));
        else if (delivery.Outcome == DeliveryOutcome.Later)
            await With<IOutbox>(o => o.Add(reply.ToWait(stored.Id, kind, delivery.IsUncertain), CancellationToken.None));
    }

    private async Task With<T>(Func<T, Task> work)
        where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <returns>Whether that was the last try.</returns>
    private async Task<bool> Fail(StoredUpdate stored, int tries, Exception failure)
    {
        var isLast = tries > Retries.Length;
        try
        {
            if (tries == 1)
                await Tell(stored, await incidents.Report(failure, stored.Id, CancellationToken.None));
            else
                FailedAgain(failure, stored.Id, tries);
            if (isLast)
                await Bury(stored, $"{failure.GetType().Name} on each of {tries} tries");
            else
                await inbox.RecordFailure(stored.Id, tries, CancellationToken.None);
        }
        catch (Exception second)
        {
            FailedAgain(second, stored.Id, tries);
        }

        return isLast;
    }

    /// <summary>An answer to a prompt for a secret leaves neither its content nor, in the chat, its message behind.</summary>
    private async Task Bury(StoredUpdate stored, string reason)
    {
        if (stored.Update is { } update && await handler.DeletionOfSecret(update) is { } deletion)
            await inbox.BuryWithoutContent(stored.Id, reason, deletion.ToWait(stored.Id, "secret"), CancellationToken.None);
        else
            await inbox.Bury(stored.Id, reason, CancellationToken.None);
        metrics.Dead.Add(1);
    }

    /// <summary>The person learns at once that something is wrong; the update is tried again all the same.</summary>
    private async Task Tell(StoredUpdate stored, string code)
    {
        if (stored.Update is { } update && await handler.Apologise(update, code) is { } apology)
            await SendOrKeep(apology, stored, "apology");
    }

    private Task<bool> Wait(TimeSpan pause) => limit.Outside(
        async () =>
        {
            try
            {
                await Task.Delay(pause, time, _stop.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        },
        CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage or Telegram is away; update {InboxId} waits")]
    private partial void IsAway(Exception outage, long inboxId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Update {InboxId} failed on try {Tries}")]
    private partial void FailedAgain(Exception failure, long inboxId, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "Update {InboxId} cannot be decrypted: it was stored under another token")]
    private partial void CannotDecrypt(long inboxId);
}
