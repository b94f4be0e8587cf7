using System.Text.Json;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class ScenarioFormatTests
{
    [Fact]
    public async Task What_is_recorded_can_be_played_again()
    {
        await using var server = await PlaygroundServer.Start(new PlaygroundOptions { Page = true }, RawBot.Ct);
        await using var bot = EchoBot.ByPolling(server.Url, server.Token);
        using var people = new PlaygroundClient(server.Url);
        await people.AddPerson(17, "Anna", "en", "anna");
        await people.StartRecording("An echo is bought");
        await people.Send(17, "hello");
        await people.WaitFor(17, "You said: hello");
        await people.Press(17, "Again");
        await people.Settle();
        await people.Send(17, "/buy");
        await people.Settle();
        await people.Pay(17);
        await people.WaitFor(17, "Thank you");
        await people.Block(17);
        await people.Unblock(17);

        var scenario = await people.StopRecording();
        await people.Reset();
        await people.Play(scenario with { Steps = [.. scenario.Steps.Where(s => s.Press is null)] });

        Assert.Equal("An echo is bought", scenario.Name);
        Assert.Equal(new ScenarioPerson(17, "Anna") { Username = "anna", LanguageCode = "en" }, Assert.Single(scenario.People));
        Assert.Equal(["You said: hello", null, null, "Thank you for 7 ⭐", null, null], scenario.Steps.Select(s => s.Expect?.Text));
        Assert.Equal("1 so far", scenario.Steps[1].Expect?.Toast);
        Assert.Equal("An echo", scenario.Steps[2].Expect?.Invoice);
        Assert.Equal("paid", scenario.Steps[3].Expect?.Outcome);
        Assert.Equal(scenario.ToJson(), Scenario.Parse(scenario.ToJson()).ToJson());
    }

    [Fact]
    public async Task What_is_not_seen_fails_with_the_step_and_the_chat()
    {
        await using var server = await PlaygroundServer.Start(new PlaygroundOptions(), RawBot.Ct);
        await using var bot = EchoBot.ByPolling(server.Url, server.Token);
        var right = Scenario.Parse("""
            {"name":"Right","people":[{"id":17,"firstName":"Anna"}],
             "steps":[{"person":17,"send":"hello","expect":{"contains":["hello"],"buttons":[["Again"]]}}]}
            """);
        var wrong = right with { Name = "Wrong", Steps = [right.Steps[0] with { Expect = new ScenarioExpectation { Buttons = [["Never"]] } }] };
        await server.World.Play(right, RawBot.Ct);

        var error = await Assert.ThrowsAsync<TimeoutException>(() => server.World.Play(wrong, TimeSpan.FromMilliseconds(100), RawBot.Ct));

        Assert.Contains("step 1 of “Wrong”", error.Message, StringComparison.Ordinal);
        Assert.Contains("[Again]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"x","steps":[],"speed":2}""")]
    [InlineData("""{"name":"x","steps":[{"person":1,"shout":"hello"}]}""")]
    public void A_misspelt_file_is_refused(string json)
    {
        Assert.Throws<JsonException>(() => Scenario.Parse(json));
    }
}
