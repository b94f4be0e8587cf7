using System.Globalization;
using System.Text.Json.Nodes;
using MarketBot.Infrastructure;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

public class AccessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ru", "Действует", "Не действует", "@market_support")]
    [InlineData("en", "Running", "Not running", "@market_support")]
    public async Task The_subscription_screen_shows_the_state_and_whom_to_contact(string language, string active, string inactive, string contact)
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:SupportUsername"] = "market_support" });
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Presses(Words.Of(language).Subscription);
        var running = anna.Sees;
        await anna.Presses(Words.Of(language).Back);
        await bot.Operate("users", "deactivate", "1001");

        await anna.Presses(Words.Of(language).Subscription);

        Assert.Contains(active, running, StringComparison.Ordinal);
        Assert.Contains(contact, running, StringComparison.Ordinal);
        Assert.Contains(inactive, anna.Sees, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ru", "Подписка не действует")]
    [InlineData("en", "subscription is not running")]
    public async Task An_inactive_person_reaches_no_shop_and_is_told_why(string language, string why)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var words = Words.Of(language);
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Presses(words.MyShops);
        await anna.Presses("⏸ Nuts");
        await bot.Operate("users", "deactivate", "1001");

        await anna.Presses($"{words.Activation}: {words.TurnOn}");
        var refused = anna.Screen;
        await anna.Says("/menu");

        Assert.Contains(why, refused.Text, StringComparison.Ordinal);
        Assert.True(refused.HasButton(words.Subscription));
        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Equal([words.Subscription, $"{words.Help} | {words.Language}"], anna.Rows);
    }

    [Theory]
    [InlineData("ru", "доступ к боту заблокирован", "доступ к боту восстановлен")]
    [InlineData("en", "access to the bot has been blocked", "access to the bot has been restored")]
    public async Task A_banned_person_gets_only_the_ban_notice(string language, string notice, string restored)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var words = Words.Of(language);
        var anna = await bot.Seller(1001, "k-1", language);
        var menu = anna.Screen;
        await anna.Presses(words.AddShop);
        await bot.Operate("users", "ban", "1001");
        await anna.Hears(notice);

        foreach (var text in new[] { "k-1", "/start", "/help", "/language", "/menu", "/cancel", "/sign_out", "hello", "/what" })
        {
            Assert.Contains(notice, (await anna.Says(text)).Text, StringComparison.Ordinal);
            Assert.Empty(anna.Rows);
        }

        await anna.Forges(menu, "shops:0");
        await bot.Operate("users", "unban", "1001");
        await anna.Hears(restored);
        await anna.Says("/menu");

        Assert.Contains(anna.Person.Chat.DeletedMessages, m => m.Text == "k-1" && m.Id > menu.Id);
        Assert.Equal(words.SellerMenu, anna.Rows);
    }

    [Fact]
    public async Task Old_buttons_are_refused_after_unlinking_ban_and_sign_out()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");
        var card = anna.Screen;
        var turnOn = card.Buttons.First().Data!;

        await bot.Operate("users", "unbind", "1001", "1");
        await anna.Forges(card, turnOn);
        var afterUnlinking = card.Text;
        await bot.Execute("INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) VALUES (1, 1)");
        await bot.Operate("users", "ban", "1001");
        await anna.Forges(card, turnOn);
        var afterBan = card.Text;
        await anna.Hears("доступ к боту заблокирован");
        await bot.Operate("users", "unban", "1001");
        await anna.Hears("доступ к боту восстановлен");
        await anna.Says("/sign_out");
        await anna.Forges(card, turnOn);
        var afterSignOut = card.Text;

        Assert.Contains("больше нет в вашем списке", afterUnlinking, StringComparison.Ordinal);
        Assert.Contains("заблокирован", afterBan, StringComparison.Ordinal);
        Assert.Contains("Кто вы?", afterSignOut, StringComparison.Ordinal);
        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
    }

    [Fact]
    public async Task An_old_button_works_after_a_restart()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");

        await bot.Restart(Ct);
        await anna.Presses($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
    }

    [Theory]
    [InlineData("ru", "Эта кнопка устарела")]
    [InlineData("en", "button is out of date")]
    public async Task A_button_nobody_knows_any_more_is_answered_and_the_menu_redrawn(string language, string toast)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);

        var answer = await anna.Forges(anna.Screen, "from_an_older_version:17");

        Assert.Contains(toast, answer.Text, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
    }

    [Fact]
    public async Task A_shop_that_only_somebody_else_sells_in_is_neither_shown_nor_switched()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Bolts", "k-2");
        await bot.Seller(1001, "k-1");
        var boris = await bot.Seller(1002, "k-2");

        await boris.Forges(boris.Screen, "on:1:1:1:1:");

        Assert.DoesNotContain("Nuts", boris.Sees, StringComparison.Ordinal);
        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops WHERE name = 'Nuts'"));
    }

    [Fact]
    public async Task Ten_thousand_forged_callbacks_change_nothing()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Mine", "k-1");
        await bot.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
            INSERT INTO shops (slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name)
            SELECT 'f' || i, 'Foreign', '', FALSE, 'f-' || i, TRUE, '', '' FROM n
            """);
        var anna = await bot.Seller(1001, "k-1");
        var stranger = bot.Person(1002);
        await stranger.Says("/start");
        var before = await Fingerprint(bot);
        var random = new Random(20261122);

        for (var batch = 0; batch < 20; batch++)
        {
            var presses = Enumerable.Range(0, 500).Select(i => i % 2 == 0
                ? anna.Person.PressData(anna.Screen, Forged(random, from: 2))
                : stranger.Person.PressData(stranger.Screen, Forged(random, from: 1))).ToList();
            await Task.WhenAll(presses.Select(p => p.Answered)).WaitAsync(Patience.Limit, Ct);
        }

        Assert.Equal(before, await Fingerprint(bot));
        Assert.DoesNotContain(bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ru", "только в личных сообщениях")]
    [InlineData("en", "only work in private")]
    public async Task A_group_is_told_once_that_the_bot_works_in_private_and_no_secret_is_taken_there(string language, string sentence)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001, language);
        var group = bot.Telegram.World.AddGroup(-500, "Sellers");
        await anna.Says("/start");
        await anna.Presses(Words.Of(language).Seller);

        anna.Person.SendTo(group, "/start");
        await bot.Telegram.World.Until(() => group.Chat.Messages.Any(m => m.FromBot), Ct);
        anna.Person.SendTo(group, "/start");
        anna.Person.SendTo(group, "k-1");
        await bot.Settles(Ct);

        var told = Assert.Single(group.Chat.Messages, m => m.FromBot);
        Assert.Contains(sentence, told.Text, StringComparison.Ordinal);
        Assert.Contains($"https://t.me/{bot.Telegram.World.Options.BotUsername}", told.Text, StringComparison.Ordinal);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
    }

    [Fact]
    public async Task A_key_behind_a_command_in_a_group_that_does_not_let_the_bot_delete_is_to_be_deleted_by_its_sender()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "nuts-key-1");
        var anna = bot.Person(1001);
        var group = bot.Telegram.World.AddGroup(-500, "Sellers");

        anna.Person.SendTo(group, "/start nuts-key-1");
        anna.Person.SendTo(group, "/start nuts-key-1");
        await bot.Telegram.World.Until(() => group.Chat.Messages.Count(m => m.FromBot) == 2, Patience.Limit, Ct);

        Assert.All(group.Chat.Messages.Where(m => m.FromBot), m => Assert.Contains("Удалите его, пожалуйста, сами", m.Text, StringComparison.Ordinal));
        Assert.Equal(2, bot.Telegram.World.Calls.Count(c => c.Method == "deleteMessage" && c.ChatId == -500));
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
    }

    [Theory]
    [InlineData("ru", "Я понимаю только текст")]
    [InlineData("en", "I only understand text")]
    public async Task Photos_stickers_contacts_and_voice_are_answered_and_never_an_exception(string language, string only)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001, language);
        await anna.Says("/start");
        await anna.Answered(() => anna.Person.SendSticker());
        var toSticker = anna.Rows;
        await anna.Presses(Words.Of(language).Seller);

        Func<Message>[] sends = [() => anna.Person.SendPhoto("k-1"), anna.Person.SendSticker, anna.Person.SendContact, anna.Person.SendVoice];
        foreach (var send in sends)
            Assert.Contains(only, (await anna.Answered(send)).Text, StringComparison.Ordinal);
        await anna.Says("k-1");

        Assert.Equal(Words.Of(language).RoleChoice, toSticker);
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
        Assert.DoesNotContain(bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edited_message_a_channel_post_and_an_unknown_kind_are_ignored()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);
        await anna.Says("wrong");
        var asked = anna.Screen;

        bot.Telegram.World.Deliver(
            (JsonObject)JsonNode.Parse(
                """{"edited_message":{"message_id":3,"date":1,"edit_date":2,"chat":{"id":1001,"type":"private"}"""
                + ""","from":{"id":1001,"is_bot":false,"first_name":"Anna"},"text":"k-1"}}""")!);
        bot.Telegram.World.Deliver(
            (JsonObject)JsonNode.Parse("""{"channel_post":{"message_id":3,"date":1,"chat":{"id":-100,"type":"channel"},"text":"k-1"}}""")!);
        bot.Telegram.World.Deliver((JsonObject)JsonNode.Parse("""{"something_new":{"field":[1,2,3]}}""")!);
        await bot.Settles(Ct);

        Assert.Same(asked, anna.Person.Chat.LastFromBot);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
        Assert.DoesNotContain(bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_blocked_the_bot_is_remembered_until_they_write_again()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");

        anna.Person.Block();
        await bot.Settles(Ct);
        var blocked = await bot.Value<long>("SELECT count(*) FROM marketbot_reachability WHERE telegram_id = 1001");
        await anna.Says("/start");

        Assert.Equal(1, blocked);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_reachability"));
    }

    [Theory]
    [InlineData("ru", "Что-то пошло не так")]
    [InlineData("en", "Something went wrong")]
    public async Task An_unexpected_error_gives_the_user_a_code_the_log_the_stack_and_the_report_chat_the_place(string language, string sentence)
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:ReportChatId"] = "777" });
        var developer = bot.Person(777, "en");
        await developer.Says("/start");
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);
        await bot.Execute("ALTER TABLE shops RENAME TO shops_gone");

        await anna.Presses(Words.Of(language).MyShops);

        Assert.Contains(sentence, anna.Sees, StringComparison.Ordinal);
        var code = anna.Screen.Entities.Single(e => e.Type == "code");
        var incident = anna.Sees.Substring(code.Offset, code.Length);
        var report = await developer.Hears(incident);
        Assert.Contains(bot.Log, line => line.Contains(incident, StringComparison.Ordinal) && line.Contains(ExceptionOf(bot), StringComparison.Ordinal));
        Assert.Contains(ExceptionOf(bot), report.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("no such table", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_of_the_Bot_API_are_waited_out()
    {
        await using var bot = await TestBot.Start(Ct);
        var anna = bot.Person(1001);
        bot.Telegram.World.Faults.Next(Fault.Status(429, retryAfter: 1), "sendMessage");
        await anna.Says("/start");

        bot.Telegram.World.Faults.Next(Fault.CutAfter, "editMessageText");
        bot.Telegram.World.Faults.Next(Fault.Status(500), "answerCallbackQuery");
        var answer = await anna.Presses(Words.Ru.Help);

        Assert.NotNull(answer);
        Assert.Contains("/start", anna.Sees, StringComparison.Ordinal);
        Assert.Equal(1, anna.MessagesFromBot);
    }

    private static string Forged(Random random, int from)
    {
        var shop = random.Next(from, 60).ToString(CultureInfo.InvariantCulture);
        return random.Next(8) switch
        {
            0 => $"on:{shop}:1:1:1:",
            1 => $"price:{shop}:0:1:1:",
            2 => $"unbind:{shop}:1:1::0",
            3 => $"shop:{shop}:1:1:",
            4 => $"on:-{shop}:1:1:1:",
            5 => $"page:0:9:{long.MaxValue}:{int.MaxValue}:9999",
            6 => new string((char)random.Next('!', '~'), random.Next(1, 65)),
            _ => Convert.ToHexString(Enumerable.Range(0, 30).Select(_ => (byte)random.Next(256)).ToArray()),
        };
    }

    private static string ExceptionOf(TestBot bot) => bot.Database.Kind == DatabaseKind.Sqlite ? "SqliteException" : "PostgresException";

    private static Task<string?> Fingerprint(TestBot bot) => bot.Value<string>(
        """
        SELECT (SELECT group_concat(id || CAST(is_active AS text) || CAST(price_updating AS text) || name) FROM shops) || '#' ||
            (SELECT group_concat(telegramuser_id || '-' || shop_id) FROM tg_bot_telegramuser_shops) || '#' ||
            (SELECT group_concat(chat_id || role || CAST(is_banned AS text) || CAST(is_active AS text) || CAST(is_logged_out AS text)) FROM tg_bot_telegramuser)
        """);
}
