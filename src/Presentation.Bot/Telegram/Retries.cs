using Polly;
using Polly.Retry;
using Polly.Telemetry;
using Telegram.Bot.Exceptions;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Makes what tries again. Each has a name, by which Polly's meter counts its attempts; what is worth a line in the log whoever tries says.</summary>
internal static class Retries
{
    /// <summary>The number of retries for calls that are repeated until they succeed.</summary>
    public const int Forever = int.MaxValue;

    private static readonly TelemetryOptions Counted = new();

    /// <summary>A pipeline through which every attempt goes, the first one, too.</summary>
    public static ResiliencePipeline Named(string name, TimeProvider time, RetryStrategyOptions options)
    {
        options.Name = "retry";
        return new ResiliencePipelineBuilder { Name = name, TimeProvider = time }.AddRetry(options).ConfigureTelemetry(Counted).Build();
    }

    /// <summary>Makes a call through a pipeline.</summary>
    public static ValueTask Execute(this ResiliencePipeline pipeline, Func<Task> call, CancellationToken ct) =>
        pipeline.ExecuteAsync(static (call, _) => new ValueTask(call()), call, ct);

    /// <summary>The pause that Telegram asked for (Bot API: <c>ResponseParameters.retry_after</c>).</summary>
    public static TimeSpan? Asked(Exception? refused) =>
        refused is ApiRequestException { Parameters.RetryAfter: { } seconds } ? TimeSpan.FromSeconds(seconds) : null;
}
