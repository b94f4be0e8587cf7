using MarketBot.Domain.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Takes one stored update to its end: handled, or a dead letter after a first try and three more. An outage of storage
/// or of Telegram is waited out and is no try.
/// </summary>
internal sealed partial class UpdateProcessor(
    IInbox inbox, IInstance instance, IServiceScopeFactory scopes, IUpdateHandler handler, IReplySender sender, ConcurrencyLimit limit, DeliveryMetrics metrics, TimeProvider time,
    ILogger<UpdateProcessor> log) : IDisposable
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
        while (!_stop.IsCancellationRequested && instance.LeaseOf(stored.Lane) == stored.Lease)
        {
            try
            {
                if (isBrokenOff)
                {
                    // Its effect may have been stored all the same.
                    if (await inbox.Look(stored.Id, CancellationToken.None) is not { } progress)
                        return true;
                    stored = stored with { IsApplied = progress.IsApplied, Reply = progress.Reply };
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
            catch (Exception outage) when (inbox.IsOutage(outage) || handler.IsOutage(outage))
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
                if (!await Wait(Retries[Math.Min(tries, Retries.Length) - 1]))
                    return false;
            }
        }

        return false;
    }

    public void Dispose() => _stop.Dispose();

    private async Task Try(StoredUpdate stored)
    {
        if (stored.IsApplied)
        {
            await inbox.Sync(stored.Id, CancellationToken.None);
            if (stored.Reply is { } committed)
                await Send(sender.Read(committed), stored);
            End(stored, InboxState.Applied);
        }
        else if (stored is { Payload: null, Content: null })
        {
            CannotDecrypt(stored.Id);
            await inbox.Bury(stored.Id, "It was encrypted under another token; set Telegram:PreviousToken and replay it.", CancellationToken.None);
            metrics.Dead.Add(1);
        }
        else
        {
            var (answer, state) = await Handle(stored);
            if (state == InboxState.Applied)
                await inbox.Sync(stored.Id, CancellationToken.None);
            if (answer.Reply is { } reply)
                await Send(reply, stored);
            End(stored, state);
            if (answer.Reply?.Afterwards is { } afterwards)
                await afterwards();
        }
    }

    /// <summary>Handles the update and commits what that changed. Nothing of it leaves before <see cref="IInbox.Sync"/>.</summary>
    /// <returns>The answer, and where the update is now.</returns>
    private async Task<(Answer Answer, InboxState State)> Handle(StoredUpdate stored)
    {
        await using var scope = scopes.CreateAsyncScope();
        var transaction = scope.ServiceProvider.GetRequiredService<IUpdateTransaction>();
        transaction.LeavesSync = true;
        var answer = await handler.Handle(stored, scope.ServiceProvider);
        var applied = new AppliedUpdate(stored.Id, stored.Lane, stored.Lease, () => answer.Reply?.ToBytes());
        var isCommitted = await transaction.Commit(applied, CancellationToken.None);
        if (answer.IsReachable is { } isReachable)
            await Mark(new TelegramId(stored.Lane), isReachable);
        return (answer, isCommitted ? InboxState.Applied : InboxState.New);
    }

    private void End(StoredUpdate stored, InboxState from)
    {
        inbox.End(stored.Id, from);
        metrics.Handled.Add(1);
    }

    /// <summary>Sends directly; what cannot go now goes through the outbox, where a newer screen takes the place of an older one.</summary>
    private async Task Send(IReply reply, StoredUpdate stored, string kind = "reply")
    {
        if (reply.MayReplace)
            await With<IOutbox>(o => o.Renew(reply.ToWait(stored.Id, kind), CancellationToken.None));
        var sent = await sender.Send(reply, CancellationToken.None);
        if (sent.Outcome == SendOutcome.Unreachable)
            await Mark(new TelegramId(reply.ChatId), isReachable: false);
        else if (sent.Outcome == SendOutcome.Later)
            await With<IOutbox>(o => o.Add(reply.ToWait(stored.Id, kind, sent.IsUncertain), CancellationToken.None));
    }

    private Task Mark(TelegramId person, bool isReachable) => With<IReachability>(
        r => isReachable ? r.MarkReachable(person, CancellationToken.None) : r.MarkUnreachable(person, CancellationToken.None));

    private async Task With<T>(Func<T, Task> work)
        where T : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    /// <returns>Whether that was the last try, and the update is given up.</returns>
    private async Task<bool> Fail(StoredUpdate stored, int tries, Exception failure)
    {
        try
        {
            if (tries == 1)
                await Tell(stored, failure);
            else
                FailedAgain(failure, stored.Id, tries);
            if (tries > Retries.Length)
                return await GiveUp(stored, $"{failure.GetType().Name} on each of {tries} tries");
            await inbox.RecordFailure(stored.Id, tries, CancellationToken.None);
        }
        catch (Exception second)
        {
            // While storage is away nothing is given up: it is tried once more, before anything that waits behind it.
            FailedAgain(second, stored.Id, tries);
            return tries > Retries.Length && !inbox.IsOutage(second);
        }

        return false;
    }

    /// <summary>
    /// An answer to a prompt for a secret leaves neither its content nor, in the chat, its message behind. What was applied is no dead letter, which
    /// somebody could replay: a reply that cannot be sent is given up.
    /// </summary>
    /// <returns>False when it turns out only now that a commit had come through: then its reply is still to be sent.</returns>
    private async Task<bool> GiveUp(StoredUpdate stored, string reason)
    {
        if (stored.IsApplied)
        {
            inbox.End(stored.Id, InboxState.Applied);
            return true;
        }

        var hiding = await handler.Hide(stored);
        var isBuried = hiding is null
            ? await inbox.Bury(stored.Id, reason, CancellationToken.None)
            : await inbox.BuryWithoutContent(stored.Id, reason, hiding.ToWait(stored.Id, "secret"), CancellationToken.None);
        if (isBuried)
            metrics.Dead.Add(1);
        return isBuried;
    }

    /// <summary>The person learns at once that something is wrong; the update is tried again all the same.</summary>
    private async Task Tell(StoredUpdate stored, Exception failure)
    {
        if (await handler.Apologise(stored, failure) is { } apology)
            await Send(apology, stored, "apology");
    }

    private Task<bool> Wait(TimeSpan pause) => limit.Outside(async () =>
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
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage or Telegram is away; update {InboxId} waits")]
    private partial void IsAway(Exception outage, long inboxId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Update {InboxId} failed on try {Tries}")]
    private partial void FailedAgain(Exception failure, long inboxId, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "Update {InboxId} cannot be decrypted: it was stored under another token")]
    private partial void CannotDecrypt(long inboxId);
}
