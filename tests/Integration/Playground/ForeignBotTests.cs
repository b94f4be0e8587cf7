using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class ForeignBotTests
{
    [Theory]
    [InlineData("polling")]
    [InlineData("webhook")]
    [InlineData("webhook with the call in its answer")]
    public async Task A_bot_with_nothing_of_ours_talks_answers_presses_and_sells(string way)
    {
        await using var server = await PlaygroundServer.Start(new PlaygroundOptions { Page = true }, RawBot.Ct);
        using var people = new PlaygroundClient(server.Url);
        await using var bot = way == "polling"
            ? EchoBot.ByPolling(server.Url, server.Token)
            : await EchoBot.ByWebhook(server.Url, server.Token, answersWithMethod: way != "webhook");

        await people.AddPerson(17, "Anna", "en");
        await people.Send(17, "hello");
        await people.WaitFor(17, "You said: hello", "Again");
        await people.Press(17, "Again");
        await people.Settle();
        await people.Send(17, "/buy");
        await people.Settle();
        var payment = await people.Pay(17);
        await people.WaitFor(17, "Thank you for 7 ⭐");
        await people.Settle();

        Assert.Equal("paid", payment.Outcome);
        Assert.Equal("1 so far", Assert.Single(await Calls(people, "answerCallbackQuery")).Parameters.GetProperty("text").GetString());
        Assert.Empty((await people.Violations())!);
    }

    private static async Task<SeenCall[]> Calls(PlaygroundClient people, string method) => (await people.Calls(method))!;
}
