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
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("MARKETBOT_FULL") == "1", "Runs at full size: set MARKETBOT_FULL=1 (docs/delivery.md has the command).");
}

/// <summary>The times that something took, many times over.</summary>
internal static class Durations
{
    public static TimeSpan Percentile(this IReadOnlyCollection<TimeSpan> all, double share) =>
        all.Order().ElementAt(Math.Min(all.Count - 1, (int)(all.Count * share)));

    /// <summary>
    /// Measures until it goes as quickly as wanted, five times at most. What the bot keeps waiting is slow every time; what only something else on the machine
    /// kept waiting is not.
    /// </summary>
    public static async Task<List<TimeSpan>> WithinTries(Func<Task<List<TimeSpan>>> measure, Func<IReadOnlyCollection<TimeSpan>, bool> isQuick)
    {
        var measured = await measure();
        for (var tries = 1; tries < 5 && !isQuick(measured); tries++)
            measured = await measure();
        return measured;
    }

    public static TimeSpan P95(this IReadOnlyCollection<TimeSpan> all) => all.Percentile(0.95);

    public static TimeSpan Median(this IReadOnlyCollection<TimeSpan> all) => all.Percentile(0.5);
}
