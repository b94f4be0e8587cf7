using System.Globalization;

namespace MarketBot.Bench;

/// <summary>The images of <c>docs/performance.md</c>, with the measurements they show.</summary>
internal static class Plots
{
    private static readonly double[] Shares = [0, 0.1, 0.2, 0.4];
    private static readonly int[] ShopCounts = [20, 100, 1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Measures, prints the figures as tables and writes <c>switches.svg</c> and <c>pages.svg</c>.</summary>
    public static async Task Draw(string executable, string folder, int seconds, int rounds)
    {
        var measurement = new LoadMeasurement(executable);
        await File.WriteAllTextAsync(Path.Combine(folder, "switches.svg"), await DrawSwitches(measurement, executable, seconds, rounds));
        await File.WriteAllTextAsync(Path.Combine(folder, "pages.svg"), await DrawPages(measurement, executable, seconds, rounds));
    }

    private static async Task<string> DrawSwitches(LoadMeasurement measurement, string executable, int seconds, int rounds)
    {
        var contestants = await PeerComparison.Contestants(executable);
        var measured = new List<IReadOnlyList<(Contestant Contestant, Figures Figures)>>();
        Console.WriteLine(Figures.Heading);
        foreach (var share in Shares)
        {
            var load = new Load($"{Percent(share)} switches", 64, Switches: share, Seconds: seconds);
            measured.Add(await PeerComparison.InTurn(measurement, contestants, load, rounds));
            foreach (var (contestant, figures) in measured[^1])
                Console.WriteLine($"| {load.Name} | {contestant.Name} | {figures} |");
        }

        Place[] places = [.. Shares.Select(share => new Place(Percent(share), share / Shares[^1]))];
        LineChart Chart(string title, string unit, Func<Figures, double> figure) => new(
            title,
            "share of switches among the presses of 64 users",
            unit,
            places,
            [.. contestants.Select((contestant, i) => new Series(contestant.Name, [.. measured.Select(m => figure(m[i].Figures))], i))]);
        return LineChart.Svg(
        [
            Chart("Updates per second", "updates/s", f => f.All.PerSecond),
            Chart("Press to changed screen, 95th percentile", "ms", f => f.All.P95),
        ]);
    }

    private static async Task<string> DrawPages(LoadMeasurement measurement, string executable, int seconds, int rounds)
    {
        var contestant = Contestant.MarketBot(executable);
        var first = new List<Latencies>();
        var arrows = new List<Latencies>();
        Console.WriteLine("| shops | | pages/s | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|---|");
        foreach (var shops in ShopCounts)
        {
            first.Add(await Pages(Journey.Lists, "first page"));
            arrows.Add(await Pages(Journey.Arrows, "arrows from the middle"));

            async Task<Latencies> Pages(Journey journey, string name)
            {
                var load = new Load(name, 8, shops, Admins: true, Seconds: seconds, Journey: journey);
                var (_, figures) = (await PeerComparison.InTurn(measurement, [contestant], load, rounds))[0];
                var pages = figures.Steps[Step.List];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {shops:N0} | {name} | {pages} |"));
                return pages;
            }
        }

        return LineChart.Svg(
        [
            new LineChart(
                "A page of an administrator's list",
                "shops of the marketplace",
                "ms from press to screen",
                [.. ShopCounts.Select(count => new Place(count.ToString("N0", CultureInfo.InvariantCulture), OnLogarithmicScale(count)))],
                [
                    new Series("first page, p50", [.. first.Select(f => f.P50)], 0),
                    new Series("first page, p95", [.. first.Select(f => f.P95)], 0, IsDashed: true),
                    new Series("arrows from the middle, p50", [.. arrows.Select(a => a.P50)], 1),
                    new Series("arrows from the middle, p95", [.. arrows.Select(a => a.P95)], 1, IsDashed: true),
                ]),
        ]);
    }

    private static double OnLogarithmicScale(int count) => Math.Log((double)count / ShopCounts[0]) / Math.Log((double)ShopCounts[^1] / ShopCounts[0]);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0} %");
}
