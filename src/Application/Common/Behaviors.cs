using System.Diagnostics;
using System.Diagnostics.Metrics;
using FluentValidation.Results;
using Microsoft.Extensions.Logging;

namespace MarketBot.Application.Common;

/// <summary>Counts and logs every request by its name and outcome: no content of the request, no names of people.</summary>
internal sealed partial class LoggingBehavior<TRequest, TOutcome>(ILogger<LoggingBehavior<TRequest, TOutcome>> log, ICaller caller)
    : IPipelineBehavior<TRequest, TOutcome>
    where TRequest : IUseCase<TOutcome>
    where TOutcome : IOutcome<TOutcome>
{
    public async Task<TOutcome> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TOutcome> next)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await next();
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        var ending = outcome.Refusal?.Code ?? "done";
        RequestMetrics.Duration.Record(
            took, new KeyValuePair<string, object?>("request", typeof(TRequest).Name), new KeyValuePair<string, object?>("outcome", ending));
        Handled(typeof(TRequest).Name, ending, took, caller.UpdateId);
        return outcome;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Request} ended with {Outcome} after {Milliseconds:F1} ms (update {UpdateId})")]
    private partial void Handled(string request, string outcome, double milliseconds, long updateId);
}

/// <summary>The application's meters.</summary>
internal static class RequestMetrics
{
    private static readonly Meter Meter = new("MarketBot.Application");

    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("marketbot.request.duration", "ms", "Time to handle a request");
}

/// <summary>Lets nobody pass whom the request's rule does not name.</summary>
internal sealed class AccessBehavior<TRequest, TOutcome>(ICaller caller) : IPipelineBehavior<TRequest, TOutcome>
    where TRequest : IUseCase<TOutcome>
    where TOutcome : IOutcome<TOutcome>
{
    public Task<TOutcome> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TOutcome> next) =>
        AccessGate.WhyNot(typeof(TRequest), caller) is { } refusal ? Task.FromResult(TOutcome.Refuse(refusal)) : next();
}

/// <summary>Refuses what breaks a rule of the request's validator, with the code of the first broken rule.</summary>
internal sealed class ValidationBehavior<TRequest, TOutcome>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TOutcome>
    where TRequest : IUseCase<TOutcome>
    where TOutcome : IOutcome<TOutcome>
{
    public async Task<TOutcome> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TOutcome> next)
    {
        foreach (var validator in validators)
        {
            if ((await validator.ValidateAsync(request, cancellationToken)).Errors is [var first, ..])
                return TOutcome.Refuse(first.CustomState as Refusal ?? new Refusal(first.ErrorCode));
        }

        return await next();
    }
}

/// <summary>Runs a command in a transaction, with the caller's rights checked inside it, and saves once after success.</summary>
internal sealed class CommitBehavior<TRequest, TOutcome>(IUnitOfWork work, CommandTransaction transaction) : IPipelineBehavior<TRequest, TOutcome>
    where TRequest : IUseCase<TOutcome>
    where TOutcome : IOutcome<TOutcome>
{
    public async Task<TOutcome> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TOutcome> next)
    {
        if (request is not IChangesState)
            return await next();

        var outcome = request is not IChecksSecretFirst && await transaction.Begin<TRequest>(cancellationToken) is { } lost
            ? TOutcome.Refuse(lost)
            : await next();
        if (outcome.Refusal is null && await work.Save(cancellationToken) is { } conflict)
            outcome = TOutcome.Refuse(conflict);
        if (outcome.Refusal is not null)
            await work.Discard(cancellationToken);
        return outcome;
    }
}

/// <summary>Rules that validators share.</summary>
internal static class ValidationRules
{
    /// <summary>The property must be readable by the domain's own parser; its refusal is the answer when it is not.</summary>
    public static void Parses<TRequest, TProperty, T>(this IRuleBuilder<TRequest, TProperty> rule, Func<TProperty, Result<T>> parse) =>
        rule.Custom((value, context) =>
        {
            if (parse(value).Refusal is { } refusal)
                context.AddFailure(new ValidationFailure(context.PropertyPath, refusal.Code) { ErrorCode = refusal.Code, CustomState = refusal });
        });

    /// <summary>The property must satisfy a condition; the refusal is the answer when it does not.</summary>
    public static void Holds<TRequest, TProperty>(this IRuleBuilder<TRequest, TProperty> rule, Func<TProperty, bool> condition, Refusal refusal) =>
        rule.Parses(value => condition(value) ? (Result<bool>)true : refusal);
}
