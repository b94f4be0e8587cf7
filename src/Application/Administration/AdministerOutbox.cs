namespace MarketBot.Application.Administration;

/// <summary>The messages that have not arrived.</summary>
/// <param name="After">The place to begin behind.</param>
/// <param name="Count">The largest number of rows to return.</param>
[Allow(Who.Operator)]
public sealed record ListOutbox(long After, int Count) : IQuery<IReadOnlyList<OutboxEntry>>;

/// <summary>Sends a message now, given up or not.</summary>
[Allow(Who.Operator)]
public sealed record RetryMessage(long Id) : ICommand;

/// <summary>Removes a message unsent.</summary>
[Allow(Who.Operator)]
public sealed record DropMessage(long Id) : ICommand;

internal sealed class ListOutboxValidator : AbstractValidator<ListOutbox>
{
    public ListOutboxValidator() => RuleFor(c => c.Count).IsStretch();
}

internal sealed class ListOutboxHandler(IOutboxAdministration outbox) : IRequestHandler<ListOutbox, Result<IReadOnlyList<OutboxEntry>>>
{
    public async Task<Result<IReadOnlyList<OutboxEntry>>> Handle(ListOutbox request, CancellationToken cancellationToken) =>
        (await outbox.List(request.After, request.Count, cancellationToken)).ToArray();
}

internal sealed class RetryMessageHandler(IOutboxAdministration outbox, IAudit audit) : IRequestHandler<RetryMessage, Result>
{
    public async Task<Result> Handle(RetryMessage request, CancellationToken cancellationToken)
    {
        if (!await outbox.Retry(request.Id, cancellationToken))
            return DeliveryRefusals.NoSuchMessage;

        audit.Record(new Change(nameof(RetryMessage), After: "due"));
        return Result.Done;
    }
}

internal sealed class DropMessageHandler(IOutboxAdministration outbox, IAudit audit) : IRequestHandler<DropMessage, Result>
{
    public async Task<Result> Handle(DropMessage request, CancellationToken cancellationToken)
    {
        if (!await outbox.Drop(request.Id, cancellationToken))
            return DeliveryRefusals.NoSuchMessage;

        audit.Record(new Change(nameof(DropMessage), After: "dropped"));
        return Result.Done;
    }
}
