using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

public class BindShopTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task A_further_shop_is_bound_by_its_key_and_twice_is_fine(string language)
    {
        await using var bot = await WithTwoShops();
        var anna = await bot.Seller(1001, "k-1", language);
        var words = Words.Of(language);

        await anna.Presses(words.AddShop);
        await anna.Says("k-2");
        var bound = anna.Sees;
        await anna.Presses(words.AddShop);
        await anna.Says("k-2");

        Assert.Contains("Tea", bound, StringComparison.Ordinal);
        Assert.Contains("Tea", anna.Sees, StringComparison.Ordinal);
        Assert.Equal(2, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
        Assert.Equal(3, anna.Person.Chat.DeletedMessages.Count);
    }

    [Fact]
    public async Task Keys_that_are_sent_one_after_the_other_are_all_bound_and_none_stays_in_the_chat()
    {
        await using var bot = await WithTwoShops();
        await bot.AddShop("Salt", "k-3");
        var anna = await bot.Seller(1001, "k-1");
        await anna.Presses(Words.Ru.AddShop);

        var (first, second) = (anna.Person.Send("k-2"), anna.Person.Send("k-3"));
        await anna.AnswerTo(second);
        await bot.Settles(Ct);

        Assert.Equal(3, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
        Assert.Equal((true, true), (first.IsDeleted, second.IsDeleted));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task A_wrong_key_binds_nothing_is_deleted_and_can_be_cancelled(string language)
    {
        await using var bot = await WithTwoShops();
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Presses(Words.Of(language).AddShop);

        await anna.Says("nope");
        await anna.Presses(Words.Of(language).Cancel);

        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
        Assert.Contains(anna.Person.Chat.DeletedMessages, m => m.Text == "nope");
        Assert.Equal(Words.Of(language).SellerMenu, anna.Rows);
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Unlinking_from_the_menu_asks_with_the_shops_name_first(string language)
    {
        await using var bot = await WithTwoShops();
        var words = Words.Of(language);
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Presses(words.UnlinkShop);
        await anna.Presses("⏸ Nuts");
        var question = anna.Sees;
        var boundStill = await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops");

        var answer = await anna.Presses(words.Yes);

        Assert.Contains("Nuts", question, StringComparison.Ordinal);
        Assert.Equal(1, boundStill);
        Assert.Contains("Nuts", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
        Assert.Equal(2, await bot.Value<long>("SELECT count(*) FROM shops"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task No_leads_back_and_changes_nothing(string language)
    {
        await using var bot = await WithTwoShops();
        var words = Words.Of(language);
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Presses(words.MyShops);
        await anna.Presses("⏸ Nuts");
        var card = anna.Sees;
        await anna.Presses(words.UnlinkShop);

        await anna.Presses(words.No);

        Assert.Equal(card, anna.Sees);
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
    }

    [Fact]
    public async Task Several_accounts_may_share_a_shop_and_unlink_it_each_for_themselves()
    {
        await using var bot = await WithTwoShops();
        var anna = await bot.Seller(1001, "k-1");
        await bot.Seller(1003, "k-1");
        await anna.Presses(Words.Ru.UnlinkShop);
        await anna.Presses("⏸ Nuts");

        await anna.Presses(Words.Ru.Yes);

        Assert.Equal(1003, await bot.Value<long>("SELECT u.chat_id FROM tg_bot_telegramuser_shops b JOIN tg_bot_telegramuser u ON u.id = b.telegramuser_id"));
    }

    private static async Task<TestBot> WithTwoShops()
    {
        var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        return bot;
    }
}
