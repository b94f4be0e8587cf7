using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Operations;

public class DeliveryCommandTests
{
    private const string Poison = "CREATE TRIGGER poison BEFORE UPDATE ON shops BEGIN SELECT RAISE(ABORT, 'poison'); END";

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
        await bot.Telegram.World.Until(() => anna.Sees.Contains("Что-то пошло не так", StringComparison.Ordinal), Ct);
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
        await bot.Telegram.World.Until(() => anna.Sees.Contains("blocked", StringComparison.Ordinal), Ct);
        await bot.Operate("users", "unban", "1001");
        await bot.Telegram.World.Until(() => anna.Sees.Contains("restored", StringComparison.Ordinal), Ct);

        Assert.Single(anna.Person.Chat.Messages, m => m.Text.Contains("blocked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notice_to_somebody_who_blocked_the_bot_is_given_up_and_can_be_retried_or_dropped()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1");
        bot.Telegram.World.Faults.Next(Fault.Status(403, description: "Forbidden: bot was blocked by the user"), "sendMessage");
        await bot.Operate("users", "deactivate", "1001");
        await bot.Telegram.World.Until(() => bot.Telegram.World.Faults.Remaining == 0, Ct);
        await bot.Becomes(1, "SELECT count(*) FROM marketbot_outbox WHERE reason IS NOT NULL", Ct);
        var id = await bot.Value<long>("SELECT id FROM marketbot_outbox");

        await anna.Says("/menu");
        await bot.Operate("outbox", "retry", $"{id}");
        await bot.Telegram.World.Until(() => anna.Sees.Contains("подписка закончилась", StringComparison.Ordinal), Ct);
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal(2, (await bot.TryOperate("outbox", "drop", $"{id}")).Code);
    }
}
