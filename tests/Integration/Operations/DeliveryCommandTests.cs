using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Operations;

public class DeliveryCommandTests
{
    private const string Poison = "CREATE TRIGGER poison BEFORE UPDATE ON shops BEGIN SELECT RAISE(ABORT, 'poison'); END";

    private const string PoisonSessions =
        "CREATE TRIGGER poison BEFORE UPDATE ON marketbot_sessions BEGIN SELECT RAISE(ABORT, 'poison'); END; CREATE TRIGGER poison_people BEFORE INSERT ON "
        + "tg_bot_telegramuser BEGIN SELECT RAISE(ABORT, 'poison'); END";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dead_letter_is_listed_shown_without_texts_and_replayed()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");
        await bot.Settles(Ct);
        await bot.Execute(Poison);
        anna.Person.Press($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");
        await anna.Hears("Что-то пошло не так");
        await bot.StopHost();
        await bot.Execute("UPDATE marketbot_inbox SET state = 3, ended_at = 0, reason = 'poison' WHERE state < 2; DROP TRIGGER poison");
        var id = await bot.Value<long>("SELECT id FROM marketbot_inbox WHERE state = 3");

        var listed = await bot.Operate("inbox", "list");
        var shown = await bot.Operate("inbox", "show", $"{id}");
        await bot.Operate("inbox", "replay", $"{id}");
        var again = await bot.TryOperate("inbox", "replay", $"{id}");
        await bot.StartHost(Ct);
        await bot.Settles(Ct);

        Assert.Contains("poison", listed, StringComparison.Ordinal);
        Assert.Contains("callback_query", shown, StringComparison.Ordinal);
        Assert.Contains("\"text\": \"***\"", shown, StringComparison.Ordinal);
        Assert.Equal(2, again.Code);
        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
    }

    [Theory]
    [InlineData("seller", null)]
    [InlineData("admin", null)]
    [InlineData("seller", "Bad Request: message can't be deleted")]
    public async Task A_dead_letter_that_held_a_secret_keeps_nothing_and_its_message_is_deleted(string role, string? refusal)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "secret-key");
        await bot.Operate("accounts", "add", "chief", "--password", "secret-key");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(role == "seller" ? Words.Ru.Seller : Words.Ru.Administrator);
        if (role == "admin")
            await anna.Says("chief");
        await bot.Settles(Ct);
        await bot.Execute(PoisonSessions);
        if (refusal is not null)
            bot.Telegram.World.Faults.Next(Fault.Status(400, description: refusal), "deleteMessage");

        var typed = anna.Person.Send("secret-key");
        await bot.GivesUp(Ct);
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);
        var id = await bot.Value<long>("SELECT id FROM marketbot_inbox WHERE state = 3");
        var shown = await bot.Operate("inbox", "show", $"{id}");
        var again = await bot.TryOperate("inbox", "replay", $"{id}");

        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state = 3 AND payload IS NULL AND reply IS NULL"));
        Assert.DoesNotContain("secret-key", shown, StringComparison.Ordinal);
        Assert.Equal((2, "This update held a secret, so its content was erased and it cannot be handled again."), (again.Code, again.Errors.Trim()));
        Assert.Equal(refusal is null, anna.Person.Chat.DeletedMessages.Any(m => m.Id == typed.Id));
        Assert.Equal(refusal is not null, anna.Person.Chat.LastFromBot!.Text.Contains("Удалите его, пожалуйста, сами", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_letter_that_held_no_secret_is_kept_and_shown_without_its_text()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses(Words.Ru.Search);
        await bot.Settles(Ct);
        await bot.Execute(PoisonSessions);

        var typed = anna.Person.Send("walnuts");
        await bot.GivesUp(Ct);
        var shown = await bot.Operate("inbox", "show", $"{await bot.Value<long>("SELECT id FROM marketbot_inbox WHERE state = 3")}");

        Assert.Contains("\"text\": \"***\"", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("walnuts", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(anna.Person.Chat.DeletedMessages, m => m.Id == typed.Id);
    }

    [Fact]
    public async Task A_ban_from_the_command_line_is_told_to_the_person_in_their_language()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Says("/language");
        await anna.Presses("English");

        await bot.Operate("users", "ban", "1001");
        await bot.Operate("users", "ban", "1001");
        await anna.Hears("blocked");
        await bot.Operate("users", "unban", "1001");
        await anna.Hears("restored");

        Assert.Single(anna.Person.Chat.Messages, m => m.Text.Contains("blocked", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ru", "заблокирован")]
    [InlineData("en", "blocked")]
    [InlineData("en-GB", "blocked")]
    [InlineData("de", "заблокирован")]
    public async Task A_notice_comes_in_the_language_of_the_client_when_none_was_chosen(string client, string words)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001, client);
        await anna.Says("/start");
        await anna.Forges(anna.Screen, anna.Screen.Buttons.First().Data!);
        await anna.Says("k-1");

        await bot.Operate("users", "ban", "1001");

        await anna.Hears(words);
    }

    [Fact]
    public async Task A_notice_to_somebody_who_blocked_the_bot_is_given_up_and_can_be_retried_or_dropped()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        bot.Telegram.World.Faults.Next(Fault.Status(403, description: "Forbidden: bot was blocked by the user"), "sendMessage");
        await bot.Operate("users", "deactivate", "1001");
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_outbox WHERE reason IS NOT NULL", Ct);
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_reachability", Ct);
        var id = await bot.Value<long>("SELECT id FROM marketbot_outbox");

        await anna.Says("/menu");
        await bot.Operate("outbox", "retry", $"{id}");
        await anna.Hears("подписка закончилась");
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(2, (await bot.TryOperate("outbox", "drop", $"{id}")).Code);
    }
}
