using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Dialogues;

public class ShopListTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task A_seller_sees_their_own_shops_only_and_active_ones_are_marked(string language)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1", active: true);
        await bot.AddShop("Tea", "k-2");
        await bot.AddShop("Foreign", "k-3");
        var anna = await bot.Seller(1001, "k-1", language);
        await anna.Presses(Words.Of(language).AddShop);
        await anna.Says("k-2");

        await anna.Presses(Words.Of(language).MyShops);

        Assert.Equal(["✅ Nuts", "⏸ Tea", "◀ | 1 / 1 | ▶", Words.Of(language).Search, Words.Of(language).Back], anna.Rows);
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task An_admin_pages_through_all_shops_with_arrows(string language)
    {
        await using var bot = await WithShops(7, new() { ["Bot:PageSize"] = "3" });
        var gleb = await bot.Admin(1002, language);
        await gleb.Presses(Words.Of(language).AllShops);
        var first = gleb.Rows;

        await gleb.Presses("▶");
        var second = gleb.Rows;
        await gleb.Presses("▶");
        var last = gleb.Rows;
        await gleb.Presses("◀");

        Assert.Equal(["⏸ Shop 1", "⏸ Shop 2", "⏸ Shop 3", "◀ | 1 / 3 | ▶"], first[..4]);
        Assert.Equal(["⏸ Shop 4", "⏸ Shop 5", "⏸ Shop 6", "◀ | 2 / 3 | ▶"], second[..4]);
        Assert.Equal(["⏸ Shop 7", "◀ | 3 / 3 | ▶"], last[..2]);
        Assert.Equal(second, gleb.Rows);
    }

    [Fact]
    public async Task The_arrows_at_both_ends_only_answer()
    {
        await using var bot = await WithShops(2, []);
        var gleb = await bot.Admin(1002);
        await gleb.Presses(Words.Ru.AllShops);
        var before = gleb.Screen.Edits;

        await gleb.Taps("◀");
        await gleb.Taps("▶");
        await bot.Settles(Ct);

        Assert.Equal(before, gleb.Screen.Edits);
    }

    [Fact]
    public async Task A_key_that_is_sent_where_a_name_is_sought_is_deleted_not_repeated_and_not_stored()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "nuts-key-1");
        var anna = await bot.Seller(1001, "nuts-key-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses(Words.Ru.Search);

        await anna.Says("nuts-key-1");

        Assert.Contains("ничего не нашлось", anna.Sees, StringComparison.Ordinal);
        Assert.DoesNotContain("nuts-key-1", anna.Sees, StringComparison.Ordinal);
        Assert.Equal("nuts-key-1", anna.Person.Chat.DeletedMessages[^1].Text);
        Assert.Null(await bot.Value<string>("SELECT search_text FROM marketbot_sessions WHERE telegram_id = 1001"));
    }

    [Theory]
    [InlineData("ru", "от 1 до 3", "Такой страницы нет")]
    [InlineData("en", "from 1 to 3", "no such page")]
    public async Task The_counter_asks_for_a_page_number_and_takes_only_one_that_exists(string language, string range, string refusal)
    {
        await using var bot = await WithShops(7, new() { ["Bot:PageSize"] = "3" });
        var gleb = await bot.Admin(1002, language);
        await gleb.Presses(Words.Of(language).AllShops);
        await gleb.Presses("1 / 3");
        var asked = gleb.Sees;

        var refused = new List<string>();
        foreach (var nonsense in new[] { "0", "4", "-1", "two", "99999999999999999999" })
            refused.Add((await gleb.Says(nonsense)).Text);
        await gleb.Says(" 3 ");

        Assert.Contains(range, asked, StringComparison.Ordinal);
        Assert.All(refused, text => Assert.Contains(refusal, text, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["⏸ Shop 7", "◀ | 3 / 3 | ▶"], gleb.Rows[..2]);
    }

    [Theory]
    [InlineData("ru", "ОРЕХ", "Ореховый рай")]
    [InlineData("en", "ОрЕх", "Ореховый рай")]
    [InlineData("en", "NUTS-SLUG", "Ореховый рай")]
    [InlineData("ru", "cl-77", "Tea")]
    [InlineData("en", "2", "Tea")]
    public async Task Search_finds_names_slugs_ids_and_client_ids_whatever_the_case(string language, string text, string name)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Ореховый рай", "k-1", slug: "nuts-slug", client: "aa");
        await bot.AddShop("Tea", "k-2", slug: "tea", client: "CL-77");
        await bot.AddShop("Books", "k-3", slug: "books", client: "bb");
        var gleb = await bot.Admin(1002, language);
        await gleb.Presses(Words.Of(language).AllShops);

        await gleb.Presses(Words.Of(language).Search);
        await gleb.Says(text);

        Assert.Equal([$"⏸ {name}", "◀ | 1 / 1 | ▶"], gleb.Rows[..2]);
    }

    [Theory]
    [InlineData("ru", "ничего не нашлось")]
    [InlineData("en", "Nothing was found")]
    public async Task A_search_without_result_says_so_and_offers_all_shops(string language, string nothing)
    {
        await using var bot = await WithShops(2, []);
        var gleb = await bot.Admin(1002, language);
        await gleb.Presses(Words.Of(language).AllShops);
        await gleb.Presses(Words.Of(language).Search);

        await gleb.Says("<b>zzz</b>");

        Assert.Contains(nothing, gleb.Sees, StringComparison.Ordinal);
        Assert.Contains("<b>zzz</b>", gleb.Sees, StringComparison.Ordinal);
        Assert.Contains(Words.Of(language).Search, gleb.Rows[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_was_just_added_or_unlinked_is_so_in_searches_too()
    {
        await using var bot = await WithShops(7, new() { ["Bot:PageSize"] = "3" });
        var anna = await bot.Seller(1001, "k-1");
        await bot.Execute("INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) SELECT 1, id FROM shops WHERE id IN (2, 3, 4)");
        await Search("Shop 7");
        var before = anna.Sees;

        await anna.Says("/menu");
        await anna.Presses(Words.Ru.AddShop);
        await anna.Says("k-7");
        await Search("Shop 7");
        var added = anna.Rows;
        await anna.Forges(anna.Screen, "unbind:7:1:1::0");
        await Search("Shop 7");

        Assert.Contains("ничего не нашлось", before, StringComparison.Ordinal);
        Assert.Equal("⏸ Shop 7", added[0]);
        Assert.Contains("ничего не нашлось", anna.Sees, StringComparison.Ordinal);

        async Task Search(string text)
        {
            await anna.Says("/menu");
            await anna.Presses(Words.Ru.MyShops);
            await anna.Presses(Words.Ru.Search);
            await anna.Says(text);
        }
    }

    [Fact]
    public async Task A_search_survives_paging_opening_and_a_restart_and_expires_with_the_next_one()
    {
        await using var bot = await WithShops(9, new() { ["Bot:PageSize"] = "2" });
        await bot.AddShop("Other", "o-1");
        var gleb = await bot.Admin(1002);
        await gleb.Presses(Words.Ru.AllShops);
        await gleb.Presses(Words.Ru.Search);
        await gleb.Says("shop");
        await gleb.Presses("▶");
        var nextOfFirstSearch = gleb.Screen.Buttons.Single(b => b.Text == "▶").Data!;
        await bot.Restart(Ct);
        await gleb.Presses("⏸ Shop 3");
        await gleb.Presses(Words.Ru.Back);
        var backInSearch = gleb.Rows;
        await gleb.Presses(Words.Ru.Search);
        await gleb.Says("other");
        var secondSearch = gleb.Rows;

        await gleb.Forges(gleb.Screen, nextOfFirstSearch);

        Assert.Equal(["⏸ Shop 3", "⏸ Shop 4", "◀ | 2 / 5 | ▶"], backInSearch[..3]);
        Assert.Equal(["⏸ Other", "◀ | 1 / 1 | ▶"], secondSearch[..2]);
        Assert.Contains("Этот поиск устарел", gleb.Sees, StringComparison.Ordinal);
        Assert.Equal(["⏸ Shop 1", "⏸ Shop 2", "◀ | 1 / 5 | ▶"], gleb.Rows[..3]);
    }

    [Theory]
    [InlineData("ru", "У вас пока нет магазинов")]
    [InlineData("en", "You have no shops yet")]
    public async Task An_empty_list_says_what_to_do_next(string language, string text)
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = await bot.Seller(1001, "k-1", language);
        await bot.Execute("DELETE FROM tg_bot_telegramuser_shops");

        await anna.Presses(Words.Of(language).MyShops);

        Assert.Contains(text, anna.Sees, StringComparison.Ordinal);
        Assert.Equal([Words.Of(language).AddShop, Words.Of(language).Back], anna.Rows);
    }

    [Fact]
    public async Task Paging_never_shows_a_page_beyond_the_last_even_when_shops_vanish_meanwhile()
    {
        await using var bot = await WithShops(7, new() { ["Bot:PageSize"] = "2" });
        var gleb = await bot.Admin(1002);
        await gleb.Presses(Words.Ru.AllShops);
        await gleb.Presses("▶");
        await gleb.Presses("▶");

        await bot.Execute("DELETE FROM shops WHERE id > 4");
        await gleb.Presses("▶");

        Assert.Equal(["⏸ Shop 3", "⏸ Shop 4"], gleb.Rows[..2]);
        Assert.DoesNotContain("4 / 2", gleb.Rows[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_names_are_shown_literally_and_open()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("<b>Nuts</code>& %s {0} \u202Egnp", "k-1", vendor: "<script>");
        var gleb = await bot.Admin(1002);
        await gleb.Presses(Words.Ru.AllShops);

        await gleb.Presses(gleb.Screen.Keyboard[0][0].Text);

        Assert.Contains("<b>Nuts</code>& %s {0} gnp", gleb.Sees, StringComparison.Ordinal);
        Assert.Contains("<script>", gleb.Sees, StringComparison.Ordinal);
        Assert.Empty(bot.Telegram.World.Violations);
    }

    private static async Task<TestBot> WithShops(int count, Dictionary<string, string?> configuration)
    {
        var bot = await TestBot.Start(Ct, configuration);
        var rows = Enumerable.Range(1, count).Select(i => $"('s{i}', 'Shop {i}', 'c{i}', FALSE, 'k-{i}', FALSE, '', '')");
        await bot.Execute(
            $"INSERT INTO shops (slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name) VALUES "
            + $"{string.Join(',', rows)}");
        return bot;
    }
}
