using System.Globalization;

namespace MarketBot.Bench;

/// <summary>How long updates took, in milliseconds, and how many there were in a second.</summary>
internal sealed record Latencies(double PerSecond, double P50, double P95, double P99)
{
    /// <summary>Of what was measured in the given time.</summary>
    public static Latencies Of(IEnumerable<double> milliseconds, TimeSpan elapsed)
    {
        var all = milliseconds.Order().ToArray();
        double At(double share) => all.Length == 0 ? double.NaN : all[Math.Min(all.Length - 1, (int)(all.Length * share))];
        return new Latencies(all.Length / elapsed.TotalSeconds, At(0.50), At(0.95), At(0.99));
    }

    /// <summary>Each figure's median.</summary>
    public static Latencies Median(IReadOnlyList<Latencies> rounds) => new(
        Figures.Median(rounds, r => r.PerSecond), Figures.Median(rounds, r => r.P50), Figures.Median(rounds, r => r.P95), Figures.Median(rounds, r => r.P99));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond,7:F0} | {P50,6:F1} | {P95,6:F1} | {P99,6:F1}");
}

/// <summary>What was measured of a bot under a load.</summary>
/// <param name="All">Over all updates.</param>
/// <param name="Steps">By what the update asked for.</param>
/// <param name="CpuMicroseconds">Process time of the bot per update.</param>
/// <param name="PeakMiB">The bot's largest resident memory.</param>
/// <param name="AllocatedKiB">What the bot's runtime allocates per update; NaN where it is not .NET.</param>
internal sealed record Figures(Latencies All, IReadOnlyDictionary<Step, Latencies> Steps, double CpuMicroseconds, double PeakMiB, double AllocatedKiB)
{
    /// <summary>Each figure's median over rounds of the same load.</summary>
    public static Figures Median(IReadOnlyList<Figures> rounds) => new(
        Latencies.Median([.. rounds.Select(r => r.All)]),
        rounds[0].Steps.Keys.Where(step => rounds.All(r => r.Steps.ContainsKey(step)))
            .ToDictionary(step => step, step => Latencies.Median([.. rounds.Select(r => r.Steps[step])])),
        Median(rounds, r => r.CpuMicroseconds),
        Median(rounds, r => r.PeakMiB),
        Median(rounds, r => r.AllocatedKiB));

    /// <summary>The heading of a table whose rows begin with a load and a bot.</summary>
    public const string Heading =
        """
        | load | | updates/s | p50 ms | p95 ms | p99 ms | CPU µs/update | peak MiB | allocated KiB/update |
        |---|---|---|---|---|---|---|---|---|
        """;

    public static double Median<T>(IReadOnlyList<T> rounds, Func<T, double> figure)
    {
        var sorted = rounds.Select(figure).Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    public override string ToString()
    {
        var allocated = double.IsNaN(AllocatedKiB) ? "–" : AllocatedKiB.ToString("F1", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{All} | {CpuMicroseconds,6:F0} | {PeakMiB,5:F0} | {allocated}");
    }
}
