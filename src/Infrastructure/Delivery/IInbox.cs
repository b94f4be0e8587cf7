using MarketBot.Application.Common;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>The update whose effect a transaction holds.</summary>
/// <param name="Id">Its place in the inbox.</param>
/// <param name="Lane">Whose turn it was.</param>
/// <param name="Lease">This process's turn at the lane; the transaction fails when the lane has changed hands.</param>
/// <param name="Reply">Writes what will be sent, so that it can be sent after a crash; null: nothing. Only called where there is an effect.</param>
internal sealed record AppliedUpdate(long Id, long Lane, Lease Lease, Func<byte[]?> Reply);

/// <summary>The transaction of an update: everything it changes, its session and its place in the inbox.</summary>
internal interface IUpdateTransaction : IUnitOfWork
{
    /// <summary>
    /// Whether the commit may leave the disk to <see cref="IInbox.Sync"/>, so that one sync serves many commits: whoever says so lets nothing
    /// leave before that. Where the database has no such commit, it waits for the disk as always.
    /// </summary>
    bool LeavesSync { get; set; }

    /// <summary>Makes what was saved last, together with the session and the state of the update, whose reply is stored until it is sent.</summary>
    /// <returns>Whether anything was written, and with it the update marked as applied.</returns>
    /// <exception cref="AlreadyAppliedException">The update was applied before, or another process has its lane; nothing remains.</exception>
    Task<bool> Commit(AppliedUpdate applied, CancellationToken ct);
}

/// <summary>A transaction wanted to apply an update that is applied, gone or another process's turn; all of it was rolled back.</summary>
internal sealed class AlreadyAppliedException() : Exception("The update has been applied already, or another process has its lane.");

/// <summary>Updates between Telegram and the screens, in storage that outlives the process.</summary>
internal interface IInbox : IStorageHealth
{
    /// <summary>Stores updates in one transaction, with whatever else waits to be written.</summary>
    /// <returns>For each, its place; null for one that was known already.</returns>
    Task<IReadOnlyList<long?>> Store(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct);

    /// <summary>
    /// The update needs nothing more: its content is erased soon, its number is kept to recognise a late copy. Where it is not where it is thought to
    /// be, because another process had it meanwhile, nothing happens, and it is read again.
    /// </summary>
    /// <param name="id">Its place.</param>
    /// <param name="from">Where it is thought to be: <see cref="InboxState.New"/> when it had no effect, <see cref="InboxState.Applied"/> once the reply to its effect was sent.</param>
    void End(long id, InboxState from);

    /// <summary>What is not done and this process's turn, in the order of arrival.</summary>
    /// <param name="except">Places of updates that are known.</param>
    /// <param name="exceptLanes">Lanes that have no room.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="ct">Stops waiting for storage.</param>
    Task<IReadOnlyList<StoredUpdate>> Read(IReadOnlyCollection<long> except, IReadOnlyCollection<long> exceptLanes, int count, CancellationToken ct);

    /// <summary>Handling failed once more.</summary>
    Task RecordFailure(long id, int tries, CancellationToken ct);

    /// <summary>Handling failed for good: the update is kept as a dead letter.</summary>
    /// <returns>False when it is not new any more, so that nothing was buried.</returns>
    Task<bool> Bury(long id, string reason, CancellationToken ct);

    /// <summary>
    /// Handling failed for good, and the update held a secret: it is kept as a dead letter without its content, and in
    /// the same transaction the outbox gets what takes the secret out of the chat.
    /// </summary>
    /// <param name="id">Its place.</param>
    /// <param name="reason">Why.</param>
    /// <param name="deletion">The deletion of the message.</param>
    /// <param name="ct">Ends it early.</param>
    /// <returns>False when it is not new any more, so that nothing was buried.</returns>
    Task<bool> BuryWithoutContent(long id, string reason, WaitingReply deletion, CancellationToken ct);

    /// <summary>How far an update is: where handling it was broken off, its effect may have been stored all the same.</summary>
    /// <returns>Null when it is over; otherwise whether it has an effect, and the reply that was committed with it.</returns>
    Task<(bool IsApplied, byte[]? Reply)?> Look(long id, CancellationToken ct);

    /// <summary>Waits until an applied update, and all that was committed before it, is on the disk; those who wait at a time share one sync.</summary>
    Task Sync(long id, CancellationToken ct);

    /// <summary>Waits until everything that was said to be done is stored.</summary>
    Task Flush(CancellationToken ct);

    /// <summary>How many updates are not done.</summary>
    Task<long> CountOpen(CancellationToken ct);
}
