namespace MarketBot.Domain.Common;

/// <summary>An expected "no": a value that travels to the screen, where its code is given words.</summary>
/// <param name="Code">Stable, in the form <c>feature.reason</c>; every code has words in every language.</param>
/// <param name="RetryAfter">The time after which another attempt makes sense, where it is known.</param>
public sealed record Refusal(string Code, TimeSpan? RetryAfter = null);
