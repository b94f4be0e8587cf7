using MarketBot.Playground;
using MarketBot.Tests.Integration.Browser;
using MarketBot.Tests.Integration.Playground;

namespace MarketBot.Tests.Integration.Scenarios;

/// <summary>The conversations of this folder, recorded on the page, against the bot.</summary>
public class ScenarioTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileName(file)).Order()];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Scenarios");

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_bot_still_does_what_was_recorded(string file)
    {
        await using var bot = await RunningBot.Start();
        using var people = new PlaygroundClient(bot.Url);
        var scenario = Scenario.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, file), RawBot.Ct));

        await people.Settle();
        await people.Play(scenario);
        await people.Settle(quiet: TimeSpan.FromMilliseconds(200));

        Assert.Empty((await people.Violations())!);
    }
}
