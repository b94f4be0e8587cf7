using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

public class ShopCardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ru", "О магазине")]
    [InlineData("en", "Shop details")]
    public async Task The_card_shows_name_vendor_state_and_warehouses(string language, string heading)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1", vendor: "Vendor & Sons", active: true);
        await bot.Execute("INSERT INTO warehouses (shop_id, warehouse_id, name) VALUES (1, 7, 'North'), (1, 8, 'South')");
        var anna = await OpenCard(bot, "✅ Nuts", language);

        Assert.All([heading, "Nuts", "Vendor & Sons", "North", "South"], part => Assert.Contains(part, anna.Sees, StringComparison.Ordinal));
        Assert.Equal(
            [$"{W(language).Activation}: {W(language).TurnOff}", $"{W(language).PriceUpdating}: {W(language).TurnOn}", W(language).UnlinkShop,
                W(language).Back],
            anna.Rows);
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task A_shop_is_switched_on_and_off(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await OpenCard(bot, "⏸ Nuts", language);

        var on = await anna.Presses($"{W(language).Activation}: {W(language).TurnOn}");
        var isOn = await bot.Value<long>("SELECT is_active FROM shops");
        var off = await anna.Presses($"{W(language).Activation}: {W(language).TurnOff}");

        Assert.Contains("Nuts", on.Text, StringComparison.Ordinal);
        Assert.NotEqual(on.Text, off.Text);
        Assert.Equal(1, isOn);
        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Price_updating_is_switched_and_shown_as_it_is(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await OpenCard(bot, "⏸ Nuts", language);

        await anna.Presses($"{W(language).PriceUpdating}: {W(language).TurnOn}");

        Assert.Equal(1, await bot.Value<long>("SELECT price_updating FROM shops"));
        Assert.Equal(0, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.Contains($"{W(language).PriceUpdating}: {W(language).TurnOff}", anna.Rows);
    }

    [Fact]
    public async Task A_double_tap_changes_once_and_both_taps_are_answered()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await OpenCard(bot, "⏸ Nuts", "ru");
        var card = anna.Screen;
        var label = $"{W("ru").Activation}: {W("ru").TurnOn}";

        var presses = Enumerable.Range(0, 10).Select(_ => anna.Person.Press(label, card)).ToList();
        await Task.WhenAll(presses.Select(p => p.Answered)).WaitAsync(Patience.Limit, Ct);

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.All(presses, p => Assert.Equal(1, p.Answers));
        Assert.DoesNotContain(bot.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_two_cards_open_each_switches_its_own_shop()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        await bot.AddShop("Tea", "k-2");
        var anna = await OpenCard(bot, "⏸ Nuts", "ru");
        var nuts = anna.Screen;
        await anna.Says("/menu");
        await anna.Presses(W("ru").AddShop);
        await anna.Says("k-2");
        await anna.Presses(W("ru").MyShops);
        await anna.Presses("⏸ Tea");

        await anna.Presses($"{W("ru").Activation}: {W("ru").TurnOn}", on: nuts);

        Assert.Equal("1", await bot.Value<string>("SELECT group_concat(CAST(id AS text)) FROM shops WHERE is_active"));
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task Back_leads_to_the_page_one_came_from(string language)
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:PageSize"] = "2" });
        for (var i = 1; i <= 5; i++)
            await bot.AddShop($"Shop {i}", $"k-{i}");
        var gleb = await bot.Admin(1002, language);
        await gleb.Presses(W(language).AllShops);
        await gleb.Presses("▶");
        var page = gleb.Rows;
        await gleb.Presses("⏸ Shop 4");
        await gleb.Presses($"{W(language).Activation}: {W(language).TurnOn}");

        await gleb.Presses(W(language).Back);

        Assert.Equal(page.Select(row => row.Replace("⏸ Shop 4", "✅ Shop 4", StringComparison.Ordinal)), gleb.Rows);
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task An_admin_switches_any_shop_and_is_offered_no_unlinking(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var gleb = await bot.Admin(1002, language);
        await gleb.Presses(W(language).AllShops);
        await gleb.Presses("⏸ Nuts");

        await gleb.Presses($"{W(language).Activation}: {W(language).TurnOn}");

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
        Assert.DoesNotContain(W(language).UnlinkShop, gleb.Rows);
    }

    [Fact]
    public async Task A_screen_whose_message_is_gone_is_sent_anew()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await OpenCard(bot, "⏸ Nuts", "ru");
        var gone = anna.Screen;

        await anna.PressesInaccessible(gone, gone.Buttons.First().Data!);

        Assert.True(anna.Screen.Id > gone.Id);
        Assert.Contains("Nuts", anna.Sees, StringComparison.Ordinal);
        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops"));
    }

    private static Words W(string language) => Words.Of(language);

    private static async Task<Actor> OpenCard(TestBot bot, string shop, string language)
    {
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Presses(W(language).MyShops);
        await anna.Presses(shop);
        return anna;
    }
}
