using System.Diagnostics;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

public class CommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Somebody_new_is_asked_for_their_role(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001, language);

        await anna.Says("/start");

        Assert.Equal(Words.Of(language).RoleChoice, anna.Rows);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Somebody_known_gets_the_menu_of_their_role(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);
        var gleb = await bot.Admin(1002, language);

        await anna.Says("/start");
        await gleb.Says("/menu");

        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
        Assert.Equal(Words.Of(language).AdminMenu, gleb.Rows);
    }

    [Theory]
    [InlineData("ru", "Отменять нечего", "отменено")]
    [InlineData("en", "nothing to cancel", "cancelled")]
    public async Task Cancel_says_whether_anything_was_awaited(string language, string nothing, string cancelled)
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001, language);
        await anna.Says("/cancel");
        var first = anna.Sees;

        await anna.Presses(Words.Of(language).Seller);
        await anna.Says("/cancel");

        Assert.Contains(nothing, first, StringComparison.Ordinal);
        Assert.Contains(cancelled, anna.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).RoleChoice, anna.Rows);
        Assert.Equal("leftover", await bot.Value<string>("SELECT awaited FROM marketbot_sessions WHERE telegram_id = 1001"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Signing_out_ends_everything_but_start_help_and_language(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);

        await anna.Says("/sign_out");
        await anna.Says("/menu");

        Assert.Equal(Words.Of(language).RoleChoice, anna.Rows);
        Assert.Equal(1, await bot.Value<long>("SELECT is_logged_out FROM tg_bot_telegramuser WHERE chat_id = 1001"));
    }

    [Theory]
    [InlineData("ru", "en", "Who are you?")]
    [InlineData("en", "ru", "Кто вы?")]
    public async Task The_language_can_be_chosen_and_is_kept(string language, string other, string welcome)
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001, language);
        await anna.Says("/language");

        var answer = await anna.Presses(other == "en" ? "English" : "Русский");
        await bot.Restart(Ct);
        await anna.Says("/start");

        Assert.NotEqual("", answer.Text);
        Assert.Contains(welcome, anna.Sees, StringComparison.Ordinal);
        Assert.Equal(other, await bot.Value<string>("SELECT language FROM marketbot_sessions WHERE telegram_id = 1001"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Help_lists_what_the_role_may_and_names_the_support_contact(string language)
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:SupportUsername"] = "@market_support" });
        await bot.AddShop("Nuts", "k-1");
        var stranger = bot.Person(1001, language);
        var seller = await bot.Seller(1002, "k-1", language);

        await stranger.Says("/help");
        await seller.Says("/help");

        Assert.DoesNotContain("/sign_out", stranger.Sees, StringComparison.Ordinal);
        Assert.All(
            ["/start", "/menu", "/help", "/cancel", "/language", "/sign_out", "@market_support"],
            word => Assert.Contains(word, seller.Sees, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ru", "Такой команды нет", "не жду от вас текста")]
    [InlineData("en", "no such command", "not waiting for a text")]
    public async Task An_unknown_command_and_an_unexpected_text_get_a_helpful_answer(string language, string command, string text)
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001, language);

        await anna.Says("/frobnicate now");
        var toCommand = anna.Sees;
        await anna.Says("hello");

        Assert.Contains(command, toCommand, StringComparison.Ordinal);
        Assert.Contains(text, anna.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).RoleChoice, anna.Rows);
    }

    [Fact]
    public async Task Commands_and_descriptions_are_set_at_start_in_every_language()
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:CustomizeOnStart"] = "true" });

        await bot.Telegram.World.Until(() => bot.Telegram.World.Calls.Count(c => c.Method == "setMyShortDescription") == 3, Ct);

        var profile = bot.Telegram.World.Profile;
        Assert.Equal(["start", "help", "cancel", "language"], profile.Commands("all_private_chats", "en").Select(c => c.Command));
        Assert.Equal("Язык", profile.Commands("all_private_chats", "ru").Single(c => c.Command == "language").Description);
        Assert.Contains("marketplace", profile.Description("en"), StringComparison.Ordinal);
        Assert.NotEqual("", profile.ShortDescription(""));
    }

    [Fact]
    public async Task A_failure_to_set_commands_does_not_stop_the_bot()
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:CustomizeOnStart"] = "true" });
        bot.Telegram.World.Faults.Next(Fault.Status(400), "setMyCommands", times: 10);
        await bot.Restart(Ct);
        var anna = bot.Person(1001);

        await anna.Says("/start");

        Assert.Equal(Words.Ru.RoleChoice, anna.Rows);
    }

    [Fact]
    public async Task Commands_that_could_not_be_set_at_the_start_are_set_later()
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:CustomizeOnStart"] = "true" });
        await bot.Telegram.World.Until(() => bot.Telegram.World.Calls.Count(c => c.Method == "setMyShortDescription") == 3, Ct);
        bot.Telegram.World.Faults.Next(Fault.Status(502), "setMyCommands", times: 2);
        bot.Telegram.World.Faults.Next(Fault.Status(429, retryAfter: 9), "setMyDescription");
        await bot.Restart(Ct);

        await bot.TimePassesUntil(() => bot.Telegram.World.Calls.Count(c => c is { Method: "setMyShortDescription", ErrorCode: null }) == 6, Ct);

        Assert.Equal(
            (2, 1), (
                bot.Telegram.World.Calls.Count(c => c is { Method: "setMyCommands", ErrorCode: 502 }),
                bot.Telegram.World.Calls.Count(c => c is { Method: "setMyDescription", ErrorCode: 429 })));
    }

    [Fact]
    public async Task A_menu_that_takes_long_to_set_keeps_neither_the_reply_nor_the_secrets_deletion_waiting()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);
        bot.Telegram.World.Faults.Next(Fault.Hang, "setMyCommands");

        var started = Stopwatch.GetTimestamp();
        var key = anna.Person.Send("k-1");
        await anna.AnswerTo(key);

        Assert.True(key.IsDeleted);
        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_menu_that_is_not_what_the_commands_are_now_is_set_anew_after_a_restart()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", "en");
        await bot.Telegram.World.Until(() => bot.Telegram.World.Profile.MenuOf(anna.Person).Any(c => c.Command == "sign_out"), Ct);
        var menu = bot.Telegram.World.Profile.MenuOf(anna.Person);
        bot.Telegram.World.Profile.SetCommands("chat:1001", "", [new BotCommand("old", "As it was before an upgrade")]);
        await bot.Restart(Ct);

        await anna.Says("/menu");

        await bot.Telegram.World.Until(() => bot.Telegram.World.Profile.MenuOf(anna.Person).SequenceEqual(menu), Ct);
    }

    [Fact]
    public async Task The_command_menu_follows_the_role()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");

        var anna = await bot.Seller(1001, "k-1", "en");
        await bot.Telegram.World.Until(() => bot.Telegram.World.Profile.MenuOf(anna.Person).Any(c => c.Command == "sign_out"), Ct);
        await anna.Says("/sign_out");

        await bot.Telegram.World.Until(() => bot.Telegram.World.Profile.MenuOf(anna.Person).All(c => c.Command != "sign_out"), Ct);
    }
}
