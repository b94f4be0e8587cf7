using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Shops;

namespace MarketBot.Tests.Unit.Presentation.Shops;

public class ShopListViewTests
{
    private static readonly ShopRow Nuts = new(new ShopId(10), "Nuts", true);
    private static readonly ShopRow Tea = new(new ShopId(20), "Tea", false);

    private static ShopPage Page(int page = 2, int pages = 3, bool before = true, bool after = true, ShopSearch? search = null) =>
        new([Nuts, Tea], page, pages, before, after, search);

    private static Reply Render(ShopPage page, ShopListPurpose purpose = ShopListPurpose.Open, Role role = Role.Seller, Language language = Language.En) =>
        ShopListView.Render(page, purpose, role, language);

    [Fact]
    public void A_page_shows_its_shops_arrows_counter_search_and_the_way_back()
    {
        var ru = Render(Page(), language: Language.Ru);
        var en = Render(Page());

        Assert.Equal(["✅ Nuts", "⏸ Tea", "◀ | 2 / 3 | ▶", "Поиск", "Назад"], Shown.Labels(ru));
        Assert.Equal(["✅ Nuts", "⏸ Tea", "◀ | 2 / 3 | ▶", "Search", "Back"], Shown.Labels(en));
        Assert.StartsWith("Мои магазины", Shown.Text(ru), StringComparison.Ordinal);
        Assert.StartsWith("My shops", Shown.Text(en), StringComparison.Ordinal);
        Assert.Equal(new OpenMenu(), Shown.Press(en, "Back"));
    }

    [Fact]
    public void Arrows_read_by_the_keys_at_the_edges_of_the_page()
    {
        var reply = Render(Page());

        Assert.Equal(new TurnPage(ShopListPurpose.Open, ShopListFrom.Before, new ShopId(10), 1, null), Shown.Press(reply, "◀"));
        Assert.Equal(new TurnPage(ShopListPurpose.Open, ShopListFrom.After, new ShopId(20), 3, null), Shown.Press(reply, "▶"));
    }

    [Fact]
    public void At_the_edges_arrows_do_nothing_but_answer()
    {
        var first = Render(Page(1, 3, before: false));
        var last = Render(Page(3, 3, after: false));

        Assert.Equal(new NoFurther(), Shown.Press(first, "◀"));
        Assert.IsType<TurnPage>(Shown.Press(first, "▶"));
        Assert.Equal(new NoFurther(), Shown.Press(last, "▶"));
        Assert.IsType<TurnPage>(Shown.Press(last, "◀"));
    }

    [Fact]
    public void The_counter_asks_for_a_page_number_where_there_are_several()
    {
        Assert.Equal(new AskPage(ShopListPurpose.Open, new ShopId(10), 2, 3, null), Shown.Press(Render(Page()), "2 / 3"));
        Assert.Equal(new NoFurther(), Shown.Press(Render(Page(1, 1, false, false)), "1 / 1"));
    }

    [Fact]
    public void A_shop_is_opened_with_the_way_back_to_its_page() =>
        Assert.Equal(new OpenShop(new ShopId(20), new ShopId(10), 2, 7), Shown.Press(Render(Page(search: new ShopSearch(7, "t", false))), "⏸ Tea"));

    [Fact]
    public void In_the_list_for_unlinking_a_tap_asks_whether_to_unlink()
    {
        var reply = Render(Page(), ShopListPurpose.Unlink);

        Assert.Equal(new AskUnbind(new ShopId(20), new ShopId(10), 2, null, FromCard: false), Shown.Press(reply, "⏸ Tea"));
        Assert.StartsWith("Unlink a shop", Shown.Text(reply), StringComparison.Ordinal);
        Assert.Equal(new AskSearch(ShopListPurpose.Unlink), Shown.Press(reply, "Search"));
    }

    [Fact]
    public void Admins_see_all_shops()
    {
        Assert.StartsWith("All shops", Shown.Text(Render(Page(), role: Role.Admin)), StringComparison.Ordinal);
        Assert.StartsWith("Все магазины", Shown.Text(Render(Page(), role: Role.Admin, language: Language.Ru)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_says_what_was_sought_carries_its_number_and_can_be_left()
    {
        var reply = Render(Page(search: new ShopSearch(7, "<nuts>", WasCut: true)));

        Assert.Contains("“<nuts>”", Shown.Text(reply), StringComparison.Ordinal);
        Assert.Contains("not all", Shown.Text(reply), StringComparison.Ordinal);
        Assert.Equal("Search | Show all", Shown.Labels(reply)[3]);
        Assert.Equal(new OpenShops(ShopListPurpose.Open), Shown.Press(reply, "Show all"));
        Assert.Equal((short)7, Assert.IsType<TurnPage>(Shown.Press(reply, "▶")).Search);
        Assert.Equal((short)7, Assert.IsType<AskPage>(Shown.Press(reply, "2 / 3")).Search);
    }

    [Fact]
    public void An_expired_search_is_said_above_all_shops()
    {
        var reply = Render(Page() with { SearchExpired = true });

        Assert.StartsWith("This search has expired", Shown.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_says_what_to_do_next()
    {
        var empty = new ShopPage([], 1, 1, false, false);

        Assert.Equal(["Add a shop", "Back"], Shown.Labels(Render(empty)));
        Assert.Equal(["Добавить магазин", "Назад"], Shown.Labels(Render(empty, language: Language.Ru)));
        Assert.Equal(new AskShopKey(), Shown.Press(Render(empty), "Add a shop"));
        Assert.Equal(["Back"], Shown.Labels(Render(empty, role: Role.Admin)));
        Assert.Contains("no shops yet", Shown.Text(Render(empty, role: Role.Admin)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_search_offers_another_one_and_all_shops(bool cut)
    {
        var reply = Render(new ShopPage([], 1, 1, false, false, new ShopSearch(7, "x", cut)));

        Assert.Equal(["Search | Show all", "Back"], Shown.Labels(reply));
        Assert.Equal(cut, Shown.Text(reply).Contains("not all", StringComparison.Ordinal));
    }

    [Fact]
    public void The_most_hostile_names_fit_into_buttons_on_one_line()
    {
        var rows = Shown.HostileNames.Select((name, i) => new ShopRow(new ShopId(long.MaxValue - i), name, true)).ToList();

        foreach (var language in LanguageChoice.All)
        {
            var reply =
                Render(new ShopPage(rows, int.MaxValue, int.MaxValue, true, true, new ShopSearch(9_999, Shown.HostileNames[0], true)), language: language);

            Shown.Text(reply);
            Assert.All(Shown.Labels(reply), label => Assert.DoesNotContain('\n', label));
            Assert.All(
                reply.Keyboard.Rows.SelectMany(r => r),
                b => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(ShopCardViewTests.Routes.Write(b.Press!)), 1, 64));
        }
    }

    [Fact]
    public void Prompts_for_a_page_and_a_search_lead_back_where_one_was()
    {
        var awaited = new AwaitPage(ShopListPurpose.Unlink, new ShopId(10), 2, 3, 7);

        var page = ListShopsScreen.Ask(awaited, Language.En);
        var search = ListShopsScreen.Ask(ShopListPurpose.Unlink, Language.Ru);

        Assert.Equal(awaited, page.Awaits);
        Assert.Contains("from 1 to 3", Shown.Text(page), StringComparison.Ordinal);
        Assert.Equal(new TurnPage(ShopListPurpose.Unlink, ShopListFrom.At, new ShopId(10), 2, 7), Shown.Press(page, "Cancel"));
        Assert.Equal(new AwaitSearch(ShopListPurpose.Unlink), search.Awaits);
        Assert.Equal(new OpenShops(ShopListPurpose.Unlink), Shown.Press(search, "Отмена"));
    }
}

public class ShopCardViewTests
{
    internal static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);
    private static readonly ListPage Back = new(new ShopId(10), 2, 7);

    private static ShopCard Card(bool active = false, bool prices = true, params string[] warehouses) =>
        new(new ShopId(17), "Nuts", "Forest", active, prices, warehouses);

    private static Reply Render(ShopCard card, Role role = Role.Seller, Language language = Language.En) => ShopCardView.Render(card, Back, role, language);

    [Fact]
    public void A_card_tells_all_about_the_shop()
    {
        Assert.Equal(
            "Shop details\n\nName: Nuts\nVendor: Forest\nActivation: off ⏸\nPrice updating: on ✅\n\nWarehouses:\n• Москва\n• Казань",
            Shown.Text(Render(Card(warehouses: ["Москва", "Казань"]))));
        Assert.Equal(
            "О магазине\n\nНазвание: Nuts\nПоставщик: —\nАктивация: включено ✅\nОбновление цен: выключено ⏸\n\nСклады: складов нет",
            Shown.Text(Render(Card(true, false) with { VendorName = "" }, language: Language.Ru)));
    }

    [Fact]
    public void Switches_say_and_carry_the_state_they_lead_to()
    {
        var off = Render(Card(active: false, prices: true));
        var on = Render(Card(active: true, prices: false), language: Language.Ru);

        Assert.Equal(["Activation: Turn on", "Price updating: Turn off", "Unlink a shop", "Back"], Shown.Labels(off));
        Assert.Equal(["Активация: Выключить", "Обновление цен: Включить", "Отвязать магазин", "Назад"], Shown.Labels(on));
        Assert.Equal(new SwitchShop(new ShopId(17), true, new ShopId(10), 2, 7), Shown.Press(off, "Activation: Turn on"));
        Assert.Equal(new SwitchPrices(new ShopId(17), false, new ShopId(10), 2, 7), Shown.Press(off, "Price updating: Turn off"));
        Assert.Equal(new SwitchShop(new ShopId(17), false, new ShopId(10), 2, 7), Shown.Press(on, "Активация: Выключить"));
    }

    [Fact]
    public void Back_leads_to_the_page_one_came_from() =>
        Assert.Equal(new TurnPage(ShopListPurpose.Open, ShopListFrom.At, new ShopId(10), 2, 7), Shown.Press(Render(Card()), "Back"));

    [Fact]
    public void Only_sellers_can_unlink()
    {
        Assert.Equal(["Activation: Turn on", "Price updating: Turn off", "Back"], Shown.Labels(Render(Card(), Role.Admin)));
        Assert.Equal(new AskUnbind(new ShopId(17), new ShopId(10), 2, 7, FromCard: true), Shown.Press(Render(Card()), "Unlink a shop"));
    }

    [Fact]
    public void The_question_before_unlinking_names_the_shop_and_leads_back_where_one_was()
    {
        var fromCard =
            UnbindShopScreen.Confirm(Card() with { Name = "<Nuts>" }, new AskUnbind(new ShopId(17), new ShopId(10), 2, 7, FromCard: true), Language.En);
        var fromList = UnbindShopScreen.Confirm(Card(), new AskUnbind(new ShopId(17), new ShopId(10), 2, null, FromCard: false), Language.Ru);

        Assert.Contains("the shop <Nuts>?", Shown.Text(fromCard), StringComparison.Ordinal);
        Assert.Equal(["Yes | No"], Shown.Labels(fromCard));
        Assert.Equal(["Да | Нет"], Shown.Labels(fromList));
        Assert.Equal(new ConfirmUnbind(new ShopId(17), new ShopId(10), 2, 7, FromCard: true), Shown.Press(fromCard, "Yes"));
        Assert.Equal(new OpenShop(new ShopId(17), new ShopId(10), 2, 7), Shown.Press(fromCard, "No"));
        Assert.Equal(new TurnPage(ShopListPurpose.Unlink, ShopListFrom.At, new ShopId(10), 2, null), Shown.Press(fromList, "Нет"));
    }

    [Theory]
    [InlineData(20, 0, "")]
    [InlineData(21, 1, "…и ещё 1 склад")]
    [InlineData(23, 3, "…и ещё 3 склада")]
    [InlineData(1_000, 980, "…и ещё 980 складов")]
    public void Of_many_warehouses_the_first_20_are_named(int count, int more, string said)
    {
        var text = Shown.Text(Render(Card(warehouses: [.. Enumerable.Range(1, count).Select(i => $"W{i}")]), language: Language.Ru));

        Assert.Equal(20, text.Count(c => c == '•'));
        Assert.Equal(more > 0, text.EndsWith(said, StringComparison.Ordinal) && said.Length > 0);
    }

    [Fact]
    public void The_most_hostile_card_fits_into_a_message()
    {
        foreach (var name in Shown.HostileNames.Append(new string('&', 255)).Append(string.Concat(Enumerable.Repeat("👨🏻‍❤️‍💋‍👨🏼", 50))))
        {
            var card = new ShopCard(new ShopId(long.MaxValue), name, name, true, true, [.. Enumerable.Repeat(name, 1_000)]);
            foreach (var language in LanguageChoice.All)
            {
                var text = Shown.Text(ShopCardView.Render(card, new ListPage(new ShopId(long.MaxValue), 999_999_999, short.MaxValue), Role.Seller, language));

                Assert.Equal(29, text.Split('\n').Length);
            }
        }
    }
}
