using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

public class LoginAdminTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task An_admin_logs_in_and_sees_the_menu(string language)
    {
        await using var bot = await TestBot.Start(Ct);

        var gleb = await bot.Admin(1002, language);

        Assert.Equal(Words.Of(language).AdminMenu, gleb.Rows);
        Assert.Equal(["chief", "right horse"], gleb.Person.Chat.DeletedMessages.Select(m => m.Text));
        Assert.Equal("AD", await bot.Value<string>("SELECT role FROM tg_bot_telegramuser WHERE chat_id = 1002"));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_admin_logins WHERE telegram_id = 1002"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_the_password_may_be_sent_again_at_once(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.Operate("accounts", "add", "chief", "--password", "right horse");
        await bot.Operate("accounts", "add", "retired", "--password", "right horse");
        await bot.Operate("accounts", "add", "outsider", "--password", "right horse");
        await bot.Execute(
            "UPDATE auth_user SET is_active = FALSE WHERE username = 'retired'; DELETE FROM auth_user_groups WHERE user_id = (SELECT id FROM auth_user WHERE "
            + "username = 'outsider')");
        var words = Words.Of(language);
        var answers = new List<string>();
        (long, string, string)[] tries = [(1, "chief", "wrong"), (2, "nobody", "right horse"), (3, "retired", "right horse"), (4, "outsider", "right horse")];
        foreach (var (id, name, password) in tries)
        {
            var person = bot.Person(id, language);
            await person.Says("/start");
            await person.Presses(words.Administrator);
            await person.Says(name);
            await person.Says(password);
            answers.Add(person.Sees.Replace(name, "NAME", StringComparison.Ordinal));
            Assert.True(person.Screen.HasButton(words.Cancel));
            Assert.Equal([name, password], person.Person.Chat.DeletedMessages.Select(m => m.Text));
        }

        var chief = new Actor(bot, bot.Telegram.World.Person(1));
        await chief.Says("right horse");

        Assert.Single(answers.Distinct());
        Assert.Equal(words.AdminMenu, chief.Rows);
    }

    [Theory]
    [InlineData("ru", "Другое имя пользователя")]
    [InlineData("en", "Other username")]
    public async Task Another_username_can_be_tried(string language, string other)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.Operate("accounts", "add", "chief", "--password", "right horse");
        var gleb = bot.Person(1002, language);
        await gleb.Says("/start");
        await gleb.Presses(Words.Of(language).Administrator);
        await gleb.Says("thief");

        await gleb.Presses(other);
        await gleb.Says("chief");
        await gleb.Says("right horse");

        Assert.Equal(Words.Of(language).AdminMenu, gleb.Rows);
    }

    [Theory]
    [InlineData("root_admin S3cret-pass")]
    [InlineData("root_admin\nS3cret-pass")]
    public async Task A_name_and_a_password_in_one_message_log_in_and_do_not_stay(string typed)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.Operate("accounts", "add", "root_admin", "--password", "S3cret-pass");
        var gleb = bot.Person(1002);
        await gleb.Says("/start");
        await gleb.Presses(Words.Ru.Administrator);

        await gleb.Says(typed);

        Assert.Equal(Words.Ru.AdminMenu, gleb.Rows);
        Assert.Equal([typed], gleb.Person.Chat.DeletedMessages.Select(m => m.Text));
    }

    [Theory]
    [InlineData("root_admin S3cret-typo", "S3cret-pass", true)]
    [InlineData("Иван Петров", "S3cret-pass", true)]
    [InlineData("nuts-key-1", "S3cret-pass", false)]
    public async Task Whatever_is_sent_where_the_name_is_asked_is_deleted_not_repeated_and_not_stored_in_clear(string typed, string then, bool logsIn)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "nuts-key-1");
        await bot.Operate("accounts", "add", "root_admin", "--password", "S3cret-pass");
        await bot.Operate("accounts", "add", "Иван Петров", "--password", "S3cret-pass");
        var gleb = bot.Person(1002);
        await gleb.Says("/start");
        await gleb.Presses(Words.Ru.Administrator);

        await gleb.Says(typed);
        var stored = await bot.Value<string>("SELECT awaited FROM marketbot_sessions WHERE telegram_id = 1002");
        var said = gleb.Person.Chat.Messages.Where(m => m.FromBot).Select(m => m.Text).ToList();
        await gleb.Says(then);

        Assert.Equal([typed, then], gleb.Person.Chat.DeletedMessages.Select(m => m.Text));
        Assert.All(typed.Split(' '), word => Assert.DoesNotContain(word, Uri.UnescapeDataString(stored!), StringComparison.Ordinal));
        Assert.All(said, text => Assert.DoesNotContain(typed.Split(' ')[^1], text, StringComparison.Ordinal));
        Assert.Equal(logsIn ? "AD" : null, await bot.Value<string>("SELECT role FROM tg_bot_telegramuser WHERE chat_id = 1002"));
    }

    [Theory]
    [InlineData("UPDATE auth_user SET is_active = FALSE")]
    [InlineData("DELETE FROM auth_user_groups")]
    [InlineData("UPDATE auth_user SET password = 'pbkdf2_sha256$1$salt$' || substr(password, -44)")]
    public async Task Admin_rights_end_at_the_next_tap(string change)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var gleb = await bot.Admin(1002);

        await bot.Execute(change);
        await gleb.Presses(Words.Ru.AllShops);

        Assert.Equal(Words.Ru.RoleChoice, gleb.Rows);
        Assert.DoesNotContain("Nuts", gleb.Sees, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_in_the_older_sha1_format_is_verified()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.Operate("accounts", "add", "chief", "--password", "other");
        await bot.Execute("UPDATE auth_user SET password = 'pbkdf2_sha1$20000$salt$" + Sha1OfRightHorse + "'");
        var gleb = bot.Person(1002);
        await gleb.Says("/start");
        await gleb.Presses(Words.Ru.Administrator);
        await gleb.Says("chief");

        await gleb.Says("right horse");

        Assert.Equal(Words.Ru.AdminMenu, gleb.Rows);
    }

    [Theory]
    [InlineData("ru", "Войдите один раз на сайте")]
    [InlineData("en", "log in on the marketplace's site once")]
    public async Task Only_a_right_password_learns_that_the_site_has_to_renew_its_hash(string language, string advice)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.Operate("accounts", "add", "chief", "--password", "right horse");
        var renewed = await bot.Value<string>("SELECT password FROM auth_user");
        await bot.Execute("UPDATE auth_user SET password = 'md5$salt$" + Md5OfRightHorse + "'");
        var gleb = bot.Person(1002, language);
        await gleb.Says("/start");
        await gleb.Presses(Words.Of(language).Administrator);
        await gleb.Says("chief");

        var wrong = await gleb.Says("wrong horse");
        var right = await gleb.Says("right horse");
        await bot.Execute($"UPDATE auth_user SET password = '{renewed}'");
        await gleb.Says("right horse");

        Assert.DoesNotContain(advice, wrong.Text, StringComparison.Ordinal);
        Assert.Contains(advice, right.Text, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).AdminMenu, gleb.Rows);
        Assert.Equal(4, gleb.Person.Chat.DeletedMessages.Count);
    }

    [Fact]
    public async Task A_password_that_looks_like_an_unknown_command_is_taken_and_deleted()
    {
        await using var bot = await TestBot.Start(Ct);

        var gleb = await bot.Admin(1002, password: "/abc");

        Assert.Equal(Words.Ru.AdminMenu, gleb.Rows);
        Assert.Equal(["chief", "/abc"], gleb.Person.Chat.DeletedMessages.Select(m => m.Text));
    }

    private const string Md5OfRightHorse = "b86f5ae6ac196ce79ae41aa9ffac0341";
    private const string Sha1OfRightHorse = "9NnCq4NmueQyASXPoXouqNlBknw=";
}
