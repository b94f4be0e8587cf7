namespace MarketBot.Tests.Integration.Playground;

public class ProfileTests
{
    [Fact]
    public async Task Commands_are_kept_per_scope_and_language_and_people_see_the_nearest()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.World.AddPerson(17, "Anna", languageCode: "en-GB");

        await bot.Call("setMyCommands", new { commands = Commands(("start", "Начало")) });
        await bot.Call("setMyCommands", new { commands = Commands(("start", "Start")), language_code = "en" });
        var byLanguage = bot.World.Profile.MenuOf(anna);
        await bot.Call("setMyCommands", new { commands = Commands(("admin", "Admin")), scope = new { type = "chat", chat_id = 17 } });
        var byChat = bot.World.Profile.MenuOf(anna);
        await bot.Call("deleteMyCommands", new { scope = new { type = "chat", chat_id = 17 } });
        var stored = await bot.Call("getMyCommands", new { language_code = "en" });

        Assert.Equal("Start", Assert.Single(byLanguage).Description);
        Assert.Equal("admin", Assert.Single(byChat).Command);
        Assert.Equal("Start", Assert.Single(bot.World.Profile.MenuOf(anna)).Description);
        Assert.Equal("""[{"command":"start","description":"Start"}]""", stored.Result.GetRawText());
    }

    [Theory]
    [InlineData("Start", "x", "BOT_COMMAND_INVALID")]
    [InlineData("старт", "x", "BOT_COMMAND_INVALID")]
    [InlineData("/", "x", "command must be non-empty")]
    [InlineData("a23456789012345678901234567890123", "x", "command length must not exceed 32")]
    [InlineData("start", " ", "command description must be non-empty")]
    public async Task A_command_must_have_Telegrams_form(string command, string description, string problem)
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Call("setMyCommands", new { commands = Commands((command, description)) });

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Fact]
    public async Task Commands_have_limits_of_number_and_length()
    {
        await using var bot = await RawBot.Start();

        var description = await bot.Call("setMyCommands", new { commands = Commands(("a", new string('x', 257))) });
        var hundred = await bot.Call("setMyCommands", new { commands = Enumerable.Range(0, 100).Select(i => new { command = $"c{i}", description = "x" }) });
        var more = await bot.Call("setMyCommands", new { commands = Enumerable.Range(0, 101).Select(i => new { command = $"c{i}", description = "x" }) });

        Assert.Equal("400 Bad Request: command description length must not exceed 256", description.Error);
        Assert.True(hundred.Ok);
        Assert.Equal("400 Bad Request: BOT_COMMANDS_TOO_MUCH", more.Error);
    }

    [Theory]
    [InlineData("""{"type":"everybody"}""", "can't parse BotCommandScope: Unsupported type specified")]
    [InlineData("""{"type":"chat"}""", "can't parse BotCommandScope: Can't find field \"chat_id\"")]
    [InlineData("""{"type":"chat","chat_id":404}""", "chat not found")]
    [InlineData("[", "can't parse BotCommandScope JSON object")]
    public async Task A_scope_must_be_one_of_the_seven(string scope, string problem)
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Get("getMyCommands?scope=" + Uri.EscapeDataString(scope));

        Assert.Equal("400 Bad Request: " + problem, reply.Error);
    }

    [Theory]
    [InlineData("getMyCommands")]
    [InlineData("setMyDescription")]
    [InlineData("setMyShortDescription")]
    public async Task A_language_has_two_letters(string method)
    {
        await using var bot = await RawBot.Start();

        var reply = await bot.Get(method + "?language_code=eng");

        Assert.Equal("400 Bad Request: invalid language code specified", reply.Error);
    }

    [Fact]
    public async Task Descriptions_are_kept_per_language_with_their_limits()
    {
        await using var bot = await RawBot.Start();

        await bot.Call("setMyDescription", new { description = "Общее" });
        await bot.Call("setMyDescription", new { description = "English", language_code = "en" });
        var general = await bot.Call("getMyDescription", new { language_code = "de" });
        var english = await bot.Call("getMyDescription", new { language_code = "en" });
        var tooLong = await bot.Call("setMyDescription", new { description = new string('x', 513) });
        var shortTooLong = await bot.Call("setMyShortDescription", new { short_description = new string('x', 121) });

        Assert.Equal("Общее", general.Result.GetProperty("description").GetString());
        Assert.Equal("English", english.Result.GetProperty("description").GetString());
        Assert.Equal((400, 400), ((int)tooLong.Status, (int)shortTooLong.Status));
    }

    private static object Commands(params (string Command, string Description)[] commands) =>
        commands.Select(c => new { command = c.Command, description = c.Description });
}
