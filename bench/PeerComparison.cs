using System.Globalization;

namespace MarketBot.Bench;

/// <summary>MarketBot beside what one would write for the same screens over the same tables, in turn, in one run.</summary>
internal static class PeerComparison
{
    /// <summary>MarketBot and its peers, which were seen to do the same.</summary>
    public static async Task<IReadOnlyList<Contestant>> Contestants(string executable)
    {
        List<Contestant> all = [Contestant.MarketBot(executable), Contestant.EfBot, Contestant.EfBotOneAtATime];
        if (await Contestant.GrammyBot() is { } grammy)
            all.Add(grammy);
        await PeerCheck.Run(executable, all);
        return all;
    }

    /// <summary>Measures all bots under both loads and prints the medians.</summary>
    public static async Task Run(string executable, int seconds, int rounds)
    {
        Load[] loads = [new("only lists", 64, Seconds: seconds), new("one press in five a switch", 64, Switches: 0.2, Seconds: seconds)];
        var contestants = await Contestants(executable);
        Console.WriteLine(Figures.Heading);
        var measurement = new LoadMeasurement(executable);
        foreach (var load in loads)
        {
            var heading = load.Name;
            foreach (var (contestant, figures) in await InTurn(measurement, [Contestant.Floor, .. contestants], load, rounds))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {heading} | {contestant.Name} | {figures} |"));
                heading = "";
            }
        }
    }

    /// <summary>The medians of some rounds; within a round, one bot after the other, so that all see the same machine.</summary>
    public static async Task<IReadOnlyList<(Contestant Contestant, Figures Figures)>> InTurn(
        LoadMeasurement measurement, IReadOnlyList<Contestant> contestants, Load load, int rounds)
    {
        var measured = contestants.ToDictionary(c => c, _ => new List<Figures>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var contestant in contestants)
                measured[contestant].Add(await measurement.Measure(contestant, load));
        }

        return [.. contestants.Select(c => (c, Figures.Median(measured[c])))];
    }
}
