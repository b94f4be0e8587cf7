namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Sends requests as the operator: the command line is one more adapter of the same use cases.</summary>
internal sealed class OperatorRequests
{
    private readonly IMediator _mediator;
    private readonly IUnitOfWork _work;

    /// <summary>Works in the given scope.</summary>
    public OperatorRequests(IServiceProvider scope)
    {
        scope.GetRequiredService<Caller>().IdentifyOperator();
        _mediator = scope.GetRequiredService<IMediator>();
        _work = scope.GetRequiredService<IUnitOfWork>();
    }

    /// <summary>Sends a request that answers something.</summary>
    /// <exception cref="OperatorException">It was refused.</exception>
    public async Task<T> Send<T>(IUseCase<Result<T>> request, CancellationToken ct)
    {
        var result = await _mediator.Send(request, ct);
        return result.Refusal is { } refusal ? throw Refused(refusal) : await Completed(result.Value, ct);
    }

    /// <summary>Sends a request that answers nothing.</summary>
    /// <exception cref="OperatorException">It was refused.</exception>
    public async Task Do(ICommand request, CancellationToken ct)
    {
        var result = await _mediator.Send(request, ct);
        if (result.Refusal is { } refusal)
            throw Refused(refusal);
        await _work.Commit(ct);
    }

    /// <summary>A refusal in words for the operator.</summary>
    public static string Say(Refusal refusal) => Words.Of(Language.En).Say(refusal).Markup;

    private async Task<T> Completed<T>(T value, CancellationToken ct)
    {
        await _work.Commit(ct);
        return value;
    }

    private static OperatorException Refused(Refusal refusal) => new(Say(refusal));
}
