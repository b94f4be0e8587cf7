using System.Text.Json;
using System.Text.Json.Serialization;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;

namespace MarketBot.Application.Common;

/// <summary>An update as it arrived, to be stored before Telegram is told that we have it.</summary>
/// <param name="UpdateId">Unique for the bot (Bot API: <c>Update.update_id</c>).</param>
/// <param name="Lane">Whose turn it is: the person's id, or the chat's.</param>
/// <param name="Payload">The update's JSON, in UTF-8.</param>
public sealed record ArrivedUpdate(long UpdateId, long Lane, ReadOnlyMemory<byte> Payload);

/// <summary>An update of the inbox that is not done.</summary>
/// <param name="Id">Its place in the order of arrival.</param>
/// <param name="UpdateId">Telegram's number.</param>
/// <param name="Lane">Whose turn it is.</param>
/// <param name="Epoch">This process's turn at the lane.</param>
/// <param name="Payload">The update's JSON; null when it cannot be decrypted.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
/// <param name="Tries">How often handling it has failed.</param>
/// <param name="Reply">The reply that was committed with its effect and perhaps not sent; null while it has none.</param>
public sealed record OpenUpdate(long Id, long UpdateId, long Lane, long Epoch, byte[]? Payload, DateTime ReceivedAt, int Tries, byte[]? Reply);

/// <summary>The update whose effect a transaction holds.</summary>
/// <param name="Id">Its place in the inbox.</param>
/// <param name="Lane">Whose turn it was.</param>
/// <param name="Epoch">This process's turn at the lane; the transaction fails when the lane has changed hands.</param>
/// <param name="Reply">Writes what will be sent, so that it can be sent after a crash; only called where there is an effect.</param>
public sealed record AppliedUpdate(long Id, long Lane, long Epoch, Func<byte[]> Reply);

/// <summary>A transaction wanted to apply an update that is applied, gone or another process's turn; all of it was rolled back.</summary>
public sealed class AlreadyAppliedException() : Exception("The update has been applied already, or another process has its lane.");

/// <summary>Updates between Telegram and the screens, in storage that outlives the process.</summary>
public interface IInbox
{
    /// <summary>Stores updates in one transaction, with whatever else waits to be written.</summary>
    /// <returns>For each, its place; null for one that was known already.</returns>
    Task<IReadOnlyList<long?>> Store(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct);

    /// <summary>The update needs nothing more: its content is erased soon, its number is kept to recognise a late copy.</summary>
    void Done(long id);

    /// <summary>What is not done and this process's turn, in the order of arrival.</summary>
    /// <param name="except">Places of updates that are known.</param>
    /// <param name="exceptLanes">Lanes that have no room.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="ct">Stops waiting for storage.</param>
    Task<IReadOnlyList<OpenUpdate>> Read(IReadOnlyCollection<long> except, IReadOnlyCollection<long> exceptLanes, int count, CancellationToken ct);

    /// <summary>Handling failed once more.</summary>
    Task RecordFailure(long id, int tries, CancellationToken ct);

    /// <summary>Handling failed for good: the update is kept as a dead letter.</summary>
    Task Bury(long id, string reason, CancellationToken ct);

    /// <summary>
    /// Handling failed for good, and the update held a secret: it is kept as a dead letter without its content, and in
    /// the same transaction the outbox gets what takes the secret out of the chat.
    /// </summary>
    /// <param name="id">Its place.</param>
    /// <param name="reason">Why.</param>
    /// <param name="deletion">The deletion of the message.</param>
    /// <param name="ct">Ends it early.</param>
    Task BuryWithoutContent(long id, string reason, UnsentReply deletion, CancellationToken ct);

    /// <summary>How far an update is: where handling it was broken off, its effect may have been stored all the same.</summary>
    /// <returns>Whether it is not done yet, and the reply that was committed with its effect, if it has one.</returns>
    Task<(bool IsOpen, byte[]? Reply)> Look(long id, CancellationToken ct);

    /// <summary>Waits until everything that was said to be done is stored.</summary>
    Task Flush(CancellationToken ct);

    /// <summary>Whether a failure means that storage is away or busy for a while, and says nothing about the update.</summary>
    bool IsOutage(Exception failure);

    /// <summary>How many updates are not done.</summary>
    Task<long> CountOpen(CancellationToken ct);
}

/// <summary>An update of the inbox as an operator sees it.</summary>
/// <param name="Id">Its place in the order of arrival.</param>
/// <param name="UpdateId">Telegram's number.</param>
/// <param name="Lane">Whose turn it was: a person's or a chat's id.</param>
/// <param name="IsDead">Whether it was given up; otherwise it waits or is under way.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
/// <param name="Tries">How often handling it has failed.</param>
/// <param name="Reason">Why it was given up.</param>
public sealed record InboxEntry(long Id, long UpdateId, long Lane, bool IsDead, DateTime ReceivedAt, int Tries, string? Reason);

/// <summary>What an operator does with the inbox.</summary>
public interface IInboxAdministration
{
    /// <summary>Everything that is not done, oldest first: what waits, and dead letters.</summary>
    Task<IReadOnlyList<InboxEntry>> List(long after, int count, CancellationToken ct);

    /// <summary>One of them, with its content; null when there is none, or the content cannot be decrypted.</summary>
    Task<(InboxEntry Entry, byte[]? Payload)?> Find(long id, CancellationToken ct);

    /// <summary>Puts a dead letter at the end of the inbox again, with the current unit of work.</summary>
    /// <returns>How many later updates of the same lane were handled since; refused when there is no such dead letter, or its content was erased.</returns>
    Task<Result<int>> Replay(long id, CancellationToken ct);

    /// <summary>Ends an update unhandled, with the current unit of work; false when there is none.</summary>
    Task<bool> Drop(long id, CancellationToken ct);
}

/// <summary>A message of the outbox as an operator sees it.</summary>
/// <param name="Id">Its place.</param>
/// <param name="Chat">To whom.</param>
/// <param name="What">The notice, or that it is a reply.</param>
/// <param name="CreatedAt">Since when it waits, UTC.</param>
/// <param name="DueAt">When it is tried next, UTC.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Reason">Why it was given up; null while it waits.</param>
public sealed record OutboxEntry(long Id, TelegramId Chat, string What, DateTime CreatedAt, DateTime DueAt, int Tries, string? Reason);

/// <summary>What an operator does with the outbox.</summary>
public interface IOutboxAdministration
{
    /// <summary>Everything that has not arrived, oldest first.</summary>
    Task<IReadOnlyList<OutboxEntry>> List(long after, int count, CancellationToken ct);

    /// <summary>Makes a message due now, given up or not, with the current unit of work; false when there is none.</summary>
    Task<bool> Retry(long id, CancellationToken ct);

    /// <summary>Removes a message unsent, with the current unit of work; false when there is none.</summary>
    Task<bool> Drop(long id, CancellationToken ct);
}

/// <summary>What a person is told because somebody else did something.</summary>
public enum Notice
{
    /// <summary>They were banned.</summary>
    Banned,

    /// <summary>Their ban was lifted.</summary>
    Unbanned,

    /// <summary>Their subscription runs.</summary>
    Activated,

    /// <summary>Their subscription has ended.</summary>
    Deactivated,

    /// <summary>A shop of theirs was switched on.</summary>
    ShopOn,

    /// <summary>A shop of theirs was switched off.</summary>
    ShopOff,

    /// <summary>Price updating of a shop of theirs was switched on.</summary>
    PricesOn,

    /// <summary>Price updating of a shop of theirs was switched off.</summary>
    PricesOff,
}

/// <summary>What a notice is about: a shop, or several that one person switched the same way.</summary>
/// <param name="Shop">The shop's name; of several, the first one's.</param>
/// <param name="Who">Who did it, by name; null: somebody on the marketplace's own site.</param>
/// <param name="At">When, UTC; of several, the last time.</param>
/// <param name="Others">The names of further shops, as many as are to be named.</param>
/// <param name="Unnamed">How many shops there are besides.</param>
public sealed record NoticeArguments(string Shop, string? Who, DateTime At, IReadOnlyList<string>? Others = null, int Unnamed = 0)
{
    /// <summary>How many shops a notice names; so many fit into a message, however long their names are.</summary>
    public const int MostNamed = 10;

    /// <summary>For notices that are about nothing but the person.</summary>
    public static NoticeArguments None { get; } = new("", null, default);

    /// <summary>The names of the shops that are to be named.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Named => [Shop, .. Others ?? []];

    /// <summary>How many shops it is about.</summary>
    [JsonIgnore]
    public int Count => Named.Count + Unnamed;

    /// <summary>The same of more shops.</summary>
    public NoticeArguments And(NoticeArguments more)
    {
        string[] names = [.. Named, .. more.Named];
        var named = Math.Min(names.Length, MostNamed);
        return this with { At = At > more.At ? At : more.At, Others = names[1..named], Unnamed = Unnamed + more.Unnamed + names.Length - named };
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static NoticeArguments FromJson(string? json) => json is null ? None : JsonSerializer.Deserialize<NoticeArguments>(json)!;

    /// <summary>Writes it for storage.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);
}

/// <summary>The bans that people were told of: whoever tells one says so here, so that the watch over others' changes does not tell it again.</summary>
public interface IKnownBans
{
    /// <summary>The person is told, with the current unit of work.</summary>
    Task Know(TelegramId person, bool isBanned, CancellationToken ct);
}

/// <summary>A message that must arrive.</summary>
/// <param name="Id">Its place in the outbox.</param>
/// <param name="Chat">To whom.</param>
/// <param name="Notice">What to tell; null when <paramref name="Reply"/> is to be sent.</param>
/// <param name="Arguments">What the notice is about.</param>
/// <param name="Reply">A reply that could not be sent directly, as the presentation wrote it.</param>
/// <param name="Tries">How often sending it has failed.</param>
/// <param name="UncertainSends">How many sends ended, or may have ended, without anybody knowing how.</param>
public sealed record OutboxMessage(long Id, TelegramId Chat, Notice? Notice, NoticeArguments Arguments, byte[]? Reply, int Tries, int UncertainSends);

/// <summary>A reply that is not, or perhaps not, before the person's eyes.</summary>
/// <param name="Chat">To whom.</param>
/// <param name="Name">Names it: a second one of the same name is not added.</param>
/// <param name="Content">The reply as the presentation wrote it.</param>
/// <param name="Replaces">Whether it takes the place of an earlier one of its name that waits, as a newer screen does of an older one.</param>
/// <param name="IsUncertain">Whether it may have arrived all the same, so that it must not be sent often.</param>
public sealed record UnsentReply(TelegramId Chat, string Name, byte[] Content, bool Replaces = false, bool IsUncertain = false);

/// <summary>Messages that must arrive, in storage that outlives the process.</summary>
public interface IOutbox
{
    /// <summary>Adds a notice with the current unit of work.</summary>
    void Add(TelegramId person, Notice notice);

    /// <summary>Adds a reply that could not be sent, in a transaction of its own.</summary>
    Task Add(UnsentReply reply, CancellationToken ct);

    /// <summary>Puts a reply that is about to be sent in the place of an older one of its name, if one waits or is being sent: whatever arrives last is the newer one.</summary>
    Task Renew(UnsentReply reply, CancellationToken ct);

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
