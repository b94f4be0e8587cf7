using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>An update as it arrived, to be stored before Telegram is told that we have it.</summary>
/// <param name="UpdateId">Unique for the bot (Bot API: <c>Update.update_id</c>).</param>
/// <param name="Lane">Whose turn it is: the person's id, or the chat's.</param>
/// <param name="Payload">The update's bytes.</param>
public sealed record ArrivedUpdate(long UpdateId, long Lane, ReadOnlyMemory<byte> Payload)
{
    /// <summary>What the presentation has read from the bytes already, which it is given back as long as the update stays in memory; null: nothing.</summary>
    public object? Content { get; init; }
}

/// <summary>An update as it is stored and waits for its lane.</summary>
/// <param name="Id">Its place in the order of arrival.</param>
/// <param name="Lane">Whose turn it is: the person's id, or the chat's.</param>
/// <param name="Lease">Under which this process may handle it.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
public sealed record StoredUpdate(long Id, long Lane, Lease Lease, DateTime ReceivedAt)
{
    /// <summary>The update's bytes; null while <see cref="Content"/> is known, or when they cannot be decrypted.</summary>
    public byte[]? Payload { get; init; }

    /// <summary>What the presentation had read from the bytes when the update arrived; null: they are to be read.</summary>
    public object? Content { get; init; }

    /// <summary>How often handling it has failed.</summary>
    public int Tries { get; init; }

    /// <summary>Whether its effect is stored, so that it must not be handled again.</summary>
    public bool IsApplied { get; init; }

    /// <summary>The reply that was committed with its effect and perhaps not sent; null while it has no effect, or when it cannot be decrypted.</summary>
    public byte[]? Reply { get; init; }
}

/// <summary>A reply that waits to be sent.</summary>
/// <param name="Chat">To whom.</param>
/// <param name="Name">Names it: a second one of the same name is not added.</param>
/// <param name="Content">The reply's bytes.</param>
/// <param name="Replaces">Whether it takes the place of an earlier one of its name that waits, as a newer screen does of an older one.</param>
/// <param name="IsUncertain">Whether it may have arrived all the same, so that it must not be sent often.</param>
public sealed record WaitingReply(TelegramId Chat, string Name, byte[] Content, bool Replaces = false, bool IsUncertain = false);

/// <summary>A reply that is ready to be sent, and to be stored until it is.</summary>
public interface IReply
{
    /// <summary>The chat it goes to.</summary>
    long ChatId { get; }

    /// <summary>Whether an older reply of its name may wait in the outbox, whose place it has to take.</summary>
    bool MayReplace { get; }

    /// <summary>What else is to be done at Telegram once it is sent, and what nobody misses after a crash; null: nothing.</summary>
    Func<Task>? Afterwards { get; }

    /// <summary>Its bytes.</summary>
    byte[] ToBytes();

    /// <summary>As it waits in the outbox.</summary>
    /// <param name="inboxId">The place of the update it answers.</param>
    /// <param name="kind">What of several an update may lead to.</param>
    /// <param name="isUncertain">Whether it may have arrived all the same.</param>
    WaitingReply ToWait(long inboxId, string kind, bool isUncertain = false);
}

/// <summary>How an update was answered.</summary>
/// <param name="Reply">What to send; null: nothing.</param>
/// <param name="IsReachable">What the update says about whether its person can be written to; null: nothing new.</param>
public sealed record Answer(IReply? Reply, bool? IsReachable = null)
{
    /// <summary>Nothing is said.</summary>
    public static Answer None { get; } = new((IReply?)null);
}

/// <summary>How sending went.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="RetryAfter">How long Telegram asked to wait (Bot API: <c>ResponseParameters.retry_after</c>).</param>
/// <param name="IsUncertain">Whether it may have been carried out all the same.</param>
public sealed record SendResult(SendOutcome Outcome, TimeSpan? RetryAfter = null, bool IsUncertain = false)
{
    /// <summary>It arrived.</summary>
    public static SendResult Sent { get; } = new(SendOutcome.Sent);
}

/// <summary>Outcomes of sending, from good to bad.</summary>
public enum SendOutcome
{
    /// <summary>The person sees it, or there was nothing to see.</summary>
    Sent,

    /// <summary>Telegram refused it for good, such as a message that breaks its rules.</summary>
    Refused,

    /// <summary>Telegram could not be reached, was busy, or asked to wait: later it may go.</summary>
    Later,

    /// <summary>The message that was to be changed is no longer there; only while a new one takes its place.</summary>
    Gone,

    /// <summary>The person blocked the bot or left Telegram (Bot API: error 403).</summary>
    Unreachable,
}

/// <summary>The first of the two things the presentation gives to the engine: it answers updates.</summary>
public interface IUpdateHandler
{
    /// <summary>Answers an update. What it changes through the unit of work of the scope is committed by the engine, with the reply.</summary>
    Task<Answer> Handle(StoredUpdate update, IServiceProvider scope);

    /// <summary>Reports that handling failed for the first time, and says what the sender is told; null where nobody waits.</summary>
    Task<IReply?> Apologise(StoredUpdate update, Exception failure);

    /// <summary>Says what takes the message of an update that is given up out of the chat, where it held a secret or nobody can tell; null: there is nothing to hide.</summary>
    Task<IReply?> Hide(StoredUpdate update);

    /// <summary>Whether a failure means that Telegram is away for a while, and says nothing about the update.</summary>
    bool IsOutage(Exception failure);
}

/// <summary>The second of the two things the presentation gives to the engine: it sends replies.</summary>
public interface IReplySender
{
    /// <summary>Sends; never throws for what Telegram answers.</summary>
    Task<SendResult> Send(IReply reply, CancellationToken ct);

    /// <summary>Reads what <see cref="IReply.ToBytes"/> wrote.</summary>
    IReply Read(byte[] reply);

    /// <summary>Puts a notice into words.</summary>
    /// <param name="person">Whom it tells.</param>
    /// <param name="notice">What.</param>
    /// <param name="arguments">What it is about.</param>
    /// <param name="session">The person's conversation, for their language; null: there is none.</param>
    IReply Write(TelegramId person, Notice notice, NoticeArguments arguments, Session? session);
}

/// <summary>The engine's door: whatever Telegram hands over is stored here before Telegram is told that we have it.</summary>
public interface IUpdateIntake
{
    /// <summary>Stores updates, all of them or, with an exception, none; those already known are passed over.</summary>
    Task Take(IReadOnlyList<ArrivedUpdate> updates, CancellationToken ct);

    /// <summary>How many updates are not done.</summary>
    Task<long> CountOpen(CancellationToken ct);
}

/// <summary>What only one process may do: poll, tell Telegram about the webhook, clean up.</summary>
public interface ILeadership
{
    /// <summary>Whether this process may.</summary>
    bool IsLeader { get; }

    /// <summary>A token that is cancelled when this process may no longer do so.</summary>
    CancellationToken Leading { get; }

    /// <summary>Waits until this process may.</summary>
    Task Leads(CancellationToken ct);
}

/// <summary>Takes replies that answer nobody's update, such as reports, into the outbox.</summary>
public interface IWaitingReplies
{
    /// <summary>Adds a reply in a transaction of its own.</summary>
    Task Add(WaitingReply reply, CancellationToken ct);
}

/// <summary>Tells outages of storage from errors.</summary>
public interface IStorageHealth
{
    /// <summary>Whether a failure means that storage is away or busy for a while.</summary>
    bool IsOutage(Exception failure);
}
