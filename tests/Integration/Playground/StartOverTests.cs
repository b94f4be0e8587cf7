using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

public sealed class StartOverTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Starting_over_gives_the_demo_a_fresh_database()
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}/");
        await using var bot = BotProcess.Start(_folder, null, "--Playground:Port", $"{url.Port}");
        using var people = new PlaygroundClient(url);
        await people.WhenUp();
        await Register(people);

        await people.Reset();
        await Register(people);
        await people.Reset();
        await Register(people);

        Assert.Empty((await people.Violations())!);
    }

    [Fact]
    public async Task The_playground_alone_does_not_start_beside_a_real_token()
    {
        await using var bot = BotProcess.Start(
            _folder, new Dictionary<string, string> { ["Telegram__Token"] = "123456:a-token-that-looks-like-a-real-one" }, "playground", "--port", "0");

        var code = await bot.Exit(RawBot.Ct);

        Assert.Equal(2, code);
        Assert.Contains("does not start where a real Telegram:Token is configured", bot.Errors, StringComparison.Ordinal);
    }

    // Only a stranger is asked who they are.
    private static async Task Register(PlaygroundClient people)
    {
        await people.Send(1001, "/start");
        await people.WaitFor(1001, "Кто вы?", "Продавец");
        await people.Press(1001, "Продавец");
        await people.WaitFor(1001, "API-ключ");
        await people.Send(1001, "demo-nuts-1");
        await people.WaitFor(1001, "Ореховый рай", "Мои магазины");
    }
}
