namespace MarketBot.Application.Common;

/// <summary>The unit of work: all changes of one update, in one transaction.</summary>
public interface IUnitOfWork
{
    /// <summary>Opens a transaction that holds the right to write from the start; nothing when one is open.</summary>
    Task Begin(CancellationToken ct);

    /// <summary>Writes what has changed so far into the transaction.</summary>
    /// <returns>A refusal when somebody else changed the same rows meanwhile; then nothing remains.</returns>
    Task<Refusal?> Save(CancellationToken ct);

    /// <summary>Forgets all changes and ends the transaction without a trace.</summary>
    Task Discard(CancellationToken ct);

    /// <summary>
    /// Makes what was saved last, together with the session of the conversation. Called once, by the adapter, after the answer was rendered. Where nothing has
    /// changed, nothing is written.
    /// </summary>
    /// <returns>True when something was written.</returns>
    Task<bool> Commit(CancellationToken ct);
}

/// <summary>Opens the transaction of a command and checks the caller's rights once more inside it.</summary>
public sealed class CommandTransaction(IUnitOfWork work, Caller caller)
{
    /// <summary>Begins.</summary>
    /// <typeparam name="TRequest">The command.</typeparam>
    /// <returns>Why the caller may not send the command any more; null: go on.</returns>
    public async Task<Refusal?> Begin<TRequest>(CancellationToken ct)
    {
        await work.Begin(ct);
        await caller.Refresh(ct);
        return AccessGate.WhyNot(typeof(TRequest), caller);
    }
}
