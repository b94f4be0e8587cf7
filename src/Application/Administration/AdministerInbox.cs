namespace MarketBot.Application.Administration;

/// <summary>Refusals around deliveries.</summary>
public static class DeliveryRefusals
{
    /// <summary>There is no such update, or it is not in a state for that.</summary>
    public static readonly Refusal NoSuchUpdate = new("delivery.no_such_update");

    /// <summary>The update held a secret and was erased when it was given up.</summary>
    public static readonly Refusal ContentErased = new("delivery.content_erased");

    /// <summary>The update's effect is stored, as an earlier version of the bot left it: handled again, it would count twice.</summary>
    public static readonly Refusal AlreadyApplied = new("delivery.already_applied");

    /// <summary>There is no such message.</summary>
    public static readonly Refusal NoSuchMessage = new("delivery.no_such_message");
}

/// <summary>The updates that are not done: what waits, and dead letters.</summary>
/// <param name="After">The place to begin behind.</param>
/// <param name="Count">The largest number of rows to return.</param>
[Allow(Who.Operator)]
public sealed record ListInbox(long After, int Count) : IQuery<IReadOnlyList<InboxEntry>>;

/// <summary>One of them with its content.</summary>
[Allow(Who.Operator)]
public sealed record ShowUpdate(long Id) : IQuery<UpdateWithContent>;

/// <summary>An update with its content.</summary>
/// <param name="Entry">The update.</param>
/// <param name="Payload">Its JSON, in UTF-8; null when it cannot be decrypted. It may hold a secret: whoever shows it hides the texts.</param>
public sealed record UpdateWithContent(InboxEntry Entry, byte[]? Payload);

/// <summary>Handles a dead letter again, after everything that waits.</summary>
[Allow(Who.Operator)]
public sealed record ReplayUpdate(long Id) : ICommand<int>;

/// <summary>Ends an update unhandled.</summary>
[Allow(Who.Operator)]
public sealed record DropUpdate(long Id) : ICommand;

internal sealed class ListInboxValidator : AbstractValidator<ListInbox>
{
    public ListInboxValidator() => RuleFor(c => c.Count).IsStretch();
}

internal sealed class ListInboxHandler(IInboxAdministration inbox) : IRequestHandler<ListInbox, Result<IReadOnlyList<InboxEntry>>>
{
    public async Task<Result<IReadOnlyList<InboxEntry>>> Handle(ListInbox request, CancellationToken cancellationToken) =>
        (await inbox.List(request.After, request.Count, cancellationToken)).ToArray();
}

internal sealed class ShowUpdateHandler(IInboxAdministration inbox) : IRequestHandler<ShowUpdate, Result<UpdateWithContent>>
{
    public async Task<Result<UpdateWithContent>> Handle(ShowUpdate request, CancellationToken cancellationToken) =>
        await inbox.Find(request.Id, cancellationToken) is { } found ? new UpdateWithContent(found.Entry, found.Payload) : DeliveryRefusals.NoSuchUpdate;
}

internal sealed class ReplayUpdateHandler(IInboxAdministration inbox, IAudit audit) : IRequestHandler<ReplayUpdate, Result<int>>
{
    public async Task<Result<int>> Handle(ReplayUpdate request, CancellationToken cancellationToken)
    {
        var newer = await inbox.Replay(request.Id, cancellationToken);
        if (newer.Refusal is null)
            audit.Record(new Change(nameof(ReplayUpdate), Before: "dead", After: "new"));
        return newer;
    }
}

internal sealed class DropUpdateHandler(IInboxAdministration inbox, IAudit audit) : IRequestHandler<DropUpdate, Result>
{
    public async Task<Result> Handle(DropUpdate request, CancellationToken cancellationToken)
    {
        if (!await inbox.Drop(request.Id, cancellationToken))
            return DeliveryRefusals.NoSuchUpdate;

        audit.Record(new Change(nameof(DropUpdate), After: "dropped"));
        return Result.Done;
    }
}
