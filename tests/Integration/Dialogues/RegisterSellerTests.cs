using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

public class RegisterSellerTests
{
    private const string Report = "⚠️ У магазинов 1, 2 один и тот же API-ключ.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/start")]
    [InlineData("/help")]
    [InlineData("/language")]
    public async Task A_key_that_is_sent_after_turning_away_from_the_prompt_is_deleted_all_the_same(string command)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);
        await anna.Says(command);

        var key = anna.Person.Send("k-1");
        await anna.AnswerTo(key);

        Assert.True(key.IsDeleted);
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task A_seller_registers_with_a_key_and_sees_the_menu(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(4503599627370495, language);
        await anna.Says("/start");
        await anna.Presses(Words.Of(language).Seller);

        await anna.Says(" k-1 ");

        Assert.Contains("Nuts", anna.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
        Assert.Contains(anna.Person.Chat.DeletedMessages, m => m.Text.Contains("k-1", StringComparison.Ordinal));
        Assert.Equal(
            "Anna|Test|user4503599627370495|SE|0|1|0",
            await bot.Value<string>(
                "SELECT first_name || '|' || last_name || '|' || username || '|' || role || '|' || CAST(is_banned AS integer) || '|' || CAST(is_active AS "
                + "integer) || '|' || CAST(is_logged_out AS integer) FROM tg_bot_telegramuser WHERE chat_id = 4503599627370495"));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$", await bot.Value<string>("SELECT created_at FROM tg_bot_telegramuser"));
    }

    [Theory]
    [InlineData("ru", "Магазина с таким ключом нет")]
    [InlineData("en", "No shop has this key")]
    public async Task A_wrong_key_is_deleted_too_and_asked_for_again(string language, string refusal)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001, language);
        await anna.Says("/start");
        await anna.Presses(Words.Of(language).Seller);

        await anna.Says("wrong-key");
        var refused = anna.Screen;
        await anna.Says("k-1");

        Assert.Contains(refusal, refused.Text, StringComparison.Ordinal);
        Assert.True(refused.HasButton(Words.Of(language).Cancel));
        Assert.Equal(["wrong-key", "k-1"], anna.Person.Chat.DeletedMessages.Select(m => m.Text));
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
    }

    [Theory]
    [InlineData("ru", "Вдруг это был ключ")]
    [InlineData("en", "Perhaps it was a key")]
    public async Task A_key_that_is_sent_twice_or_after_cancelling_does_not_stay_in_the_chat(string language, string words)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);

        await anna.Says("k-1");
        var afterTwice = anna.Sees;
        await anna.Presses(Words.Of(language).AddShop);
        await anna.Says("/help");
        await anna.Says("k-1");
        await anna.Presses(Words.Of(language).AddShop);
        await anna.Says("/cancel");
        await anna.Says("k-1");
        await anna.Says("/menu");
        await anna.Says("hello");

        Assert.Contains(words, afterTwice, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
        Assert.Equal(["k-1", "k-1", "k-1", "k-1"], anna.Person.Chat.DeletedMessages.Select(m => m.Text));
    }

    [Theory]
    [InlineData("/start nuts-key-1", false)]
    [InlineData("/start nuts-key-1", true)]
    [InlineData("nuts-key-1", false)]
    [InlineData("nuts-key-1", true)]
    public async Task A_key_that_nobody_asked_for_registers_a_stranger_and_does_not_stay(string text, bool sawTheChoice)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "nuts-key-1");
        var anna = bot.Person(1001);
        if (sawTheChoice)
            await anna.Says("/start");

        await anna.Says(text);

        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
        Assert.Equal([text], anna.Person.Chat.DeletedMessages.Select(m => m.Text));
    }

    [Theory]
    [InlineData("nuts-key-1")]
    [InlineData("tea-key-77")]
    [InlineData("/start nuts-key-1")]
    [InlineData("/menu nuts-key-1")]
    public async Task A_text_of_a_keys_shape_does_not_stay_at_the_menu_and_a_harmless_word_does(string text)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "nuts-key-1");
        var anna = await bot.Seller(1001, "nuts-key-1");
        await anna.Says("/menu");
        await anna.Presses(Words.Ru.Help);
        await bot.Execute("UPDATE marketbot_sessions SET awaited = NULL");
        var before = anna.Person.Chat.DeletedMessages.Count;

        await anna.Says("спасибо");
        await anna.Says("Thank-you!");
        await anna.Says(text);

        Assert.Equal([text], anna.Person.Chat.DeletedMessages.Skip(before).Select(m => m.Text));
        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
    }

    [Fact]
    public async Task A_key_below_a_photo_or_put_in_by_an_edit_does_not_stay()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "nuts-key-1");
        var anna = await bot.Seller(1001, "nuts-key-1");
        await bot.Execute("UPDATE marketbot_sessions SET awaited = NULL");
        var harmless = anna.Person.Send("спасибо");
        await anna.AnswerTo(harmless);

        await anna.Answered(() => anna.Person.SendPhoto("nuts-key-1"));
        anna.Person.Edit(harmless, "nuts-key-1");
        await TestBot.Until(() => harmless.IsDeleted, Ct);

        Assert.Equal(["nuts-key-1", "nuts-key-1"], anna.Person.Chat.DeletedMessages.TakeLast(2).Select(m => m.Text));
    }

    [Fact]
    public async Task Keys_that_nobody_asked_for_are_throttled_like_those_at_the_prompt()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "nuts-key-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        for (var i = 2; i < 7; i++)
        {
            await anna.Says($"/start nuts-key-{i}");
            await anna.Says("/cancel");
        }

        await anna.Says("/start nuts-key-1");

        Assert.Contains("через 15 минут", anna.Sees, StringComparison.Ordinal);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
    }

    [Theory]
    [InlineData("ru", "в поддержку")]
    [InlineData("en", "contact support")]
    public async Task A_key_of_two_shops_proves_nothing(string language, string advice)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        await bot.Execute("UPDATE shops SET ozon_api_key = 'k-1'");
        var anna = bot.Person(1001, language);
        await anna.Says("/start");
        await anna.Presses(Words.Of(language).Seller);

        await anna.Says("k-1");

        Assert.Contains(advice, anna.Sees, StringComparison.Ordinal);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
    }

    [Fact]
    public async Task R51_a_key_of_two_shops_is_reported_once_an_hour_by_the_shops_ids_and_without_the_key()
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:ReportChatId"] = "777" });
        await bot.AddShop("Nuts", "shared-key");
        await bot.AddShop("Tea", "other-key");
        await bot.AddShop("Jam", "jam-key");
        await bot.Execute("UPDATE shops SET ozon_api_key = 'shared-key' WHERE id = 2");
        var developer = bot.Person(777);
        await developer.Says("/start");
        var anna = await bot.Seller(1001, "jam-key");
        bot.Telegram.World.Faults.Next(Fault.Status(500), "sendMessage", times: 4, chatId: 777);

        await anna.Presses(Words.Ru.AddShop);
        await anna.Says("shared-key");
        await anna.Says("shared-key");
        var boris = bot.Person(1002);
        await boris.Says("/start");
        await boris.Presses(Words.Ru.Seller);
        await boris.Says("shared-key");
        await bot.TimePassesUntil(() => bot.Telegram.World.Faults.Remaining == 0, Ct);
        await developer.Hears(Report);
        bot.Time.Pass(TimeSpan.FromHours(1));
        await boris.Says("shared-key");
        await developer.Hears(Report);
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(2, developer.Person.Chat.Messages.Count(m => m.Text.StartsWith(Report, StringComparison.Ordinal)));
        Assert.DoesNotContain(bot.Log, line => line.Contains("shared-key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registering_again_refreshes_the_row_and_keeps_subscription()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Says("/sign_out");
        await bot.Execute("UPDATE tg_bot_telegramuser SET is_active = FALSE, first_name = 'Old', role = 'AD'");

        await anna.Presses(Words.Ru.Seller);
        await anna.Says("k-1");

        Assert.Equal(
            "Anna|SE|0|0",
            await bot.Value<string>(
                "SELECT first_name || '|' || role || '|' || CAST(is_active AS integer) || '|' || CAST(is_logged_out AS integer) FROM tg_bot_telegramuser"));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
    }

    [Theory]
    [InlineData("ru", "через 15 минут")]
    [InlineData("en", "in 15 minutes")]
    public async Task Five_wrong_keys_in_a_quarter_of_an_hour_are_enough_even_over_a_restart(string language, string wait)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001, language);
        await anna.Says("/start");
        await anna.Presses(Words.Of(language).Seller);
        for (var i = 0; i < 5; i++)
            await anna.Says($"guess-{i}");

        await bot.Restart(Ct);
        await anna.Says("k-1");
        var refused = anna.Sees;
        bot.Time.Forward(TimeSpan.FromMinutes(15));
        await anna.Says("k-1");

        Assert.Contains(wait, refused, StringComparison.Ordinal);
        Assert.Equal(6, anna.Person.Chat.DeletedMessages.Count - 1);
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
    }

    [Fact]
    public async Task A_key_that_is_typed_after_a_restart_is_still_awaited_and_deleted()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);

        await bot.Restart(Ct);
        await anna.Says("k-1");

        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
        Assert.Single(anna.Person.Chat.DeletedMessages);
    }

    [Theory]
    [InlineData("ru", "Удалите его, пожалуйста, сами")]
    [InlineData("en", "delete it yourself")]
    public async Task When_the_key_cannot_be_deleted_the_person_is_told_to(string language, string warning)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001, language);
        await anna.Says("/start");
        await anna.Presses(Words.Of(language).Seller);
        bot.Telegram.World.Faults.Next(Fault.Status(400, description: "Bad Request: message can't be deleted"), "deleteMessage");

        await anna.Says("k-1");

        Assert.Contains(warning, anna.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
    }
}
