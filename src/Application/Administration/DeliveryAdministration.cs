namespace MarketBot.Application.Administration;

/// <summary>An update of the inbox as an operator sees it.</summary>
/// <param name="Id">The number of the update in the order of arrival.</param>
/// <param name="UpdateId">Telegram's number.</param>
/// <param name="Lane">The id of the person or chat whose updates are handled in turn.</param>
/// <param name="IsDead">True when the update was given up; otherwise it waits or is under way.</param>
/// <param name="ReceivedAt">The time of its arrival, UTC.</param>
/// <param name="Tries">The number of failed attempts to handle it.</param>
/// <param name="Reason">Why it was given up.</param>
public sealed record InboxEntry(long Id, long UpdateId, long Lane, bool IsDead, DateTime ReceivedAt, int Tries, string? Reason);

/// <summary>An operator's access to the inbox.</summary>
public interface IInboxAdministration
{
    /// <summary>Everything that is not done, oldest first: what waits, and dead letters.</summary>
    Task<IReadOnlyList<InboxEntry>> List(long after, int count, CancellationToken ct);

    /// <summary>One of them, with its content; null when there is none, or the content cannot be decrypted.</summary>
    Task<(InboxEntry Entry, byte[]? Payload)?> Find(long id, CancellationToken ct);

    /// <summary>Puts a dead letter at the end of the inbox again, with the current unit of work.</summary>
    /// <returns>The number of later updates of the same lane handled since; refused when there is no such dead letter, or its content was erased.</returns>
    Task<Result<int>> Replay(long id, CancellationToken ct);

    /// <summary>Ends an update unhandled, with the current unit of work; false when there is none.</summary>
    Task<bool> Drop(long id, CancellationToken ct);
}

/// <summary>A message of the outbox as an operator sees it.</summary>
/// <param name="Id">Its place.</param>
/// <param name="Chat">The chat that the message goes to.</param>
/// <param name="What">The notice, or that it is a reply.</param>
/// <param name="CreatedAt">The time since which it waits, UTC.</param>
/// <param name="DueAt">The time of the next attempt, UTC.</param>
/// <param name="Tries">The number of attempts to send it.</param>
/// <param name="Reason">Why it was given up; null while it waits.</param>
public sealed record OutboxEntry(long Id, TelegramId Chat, string What, DateTime CreatedAt, DateTime DueAt, int Tries, string? Reason);

/// <summary>An operator's access to the outbox.</summary>
public interface IOutboxAdministration
{
    /// <summary>Everything that has not arrived, oldest first.</summary>
    Task<IReadOnlyList<OutboxEntry>> List(long after, int count, CancellationToken ct);

    /// <summary>Makes a message due now, given up or not, with the current unit of work; false when there is none.</summary>
    Task<bool> Retry(long id, CancellationToken ct);

    /// <summary>Removes a message unsent, with the current unit of work; false when there is none.</summary>
    Task<bool> Drop(long id, CancellationToken ct);
}
