namespace MarketBot.Tests.Integration.Kit;

/// <summary>Tests at their full size run only where they are asked for.</summary>
internal static class Size
{
    /// <summary>The trait of such tests.</summary>
    public const string Trait = "Size";

    /// <summary>Its value.</summary>
    public const string Full = "Full";

    /// <summary>Skips the test unless <c>MARKETBOT_FULL=1</c>.</summary>
    public static void IsFull() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("MARKETBOT_FULL") == "1", "Runs at full size: set MARKETBOT_FULL=1 (docs/delivery.md has the command).");
}

/// <summary>How long something took, many times over.</summary>
internal static class Durations
{
    public static TimeSpan Percentile(this IReadOnlyCollection<TimeSpan> all, double share) =>
        all.Order().ElementAt(Math.Min(all.Count - 1, (int)(all.Count * share)));

    public static TimeSpan P95(this IReadOnlyCollection<TimeSpan> all) => all.Percentile(0.95);

    public static TimeSpan Median(this IReadOnlyCollection<TimeSpan> all) => all.Percentile(0.5);
}
