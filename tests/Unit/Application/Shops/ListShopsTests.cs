using MarketBot.Application.Shops;
using MarketBot.Domain.Shops;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Shops;

public sealed class ListShopsTests : IDisposable
{
    private readonly World _world = new World().CallerIsSeller();

    public void Dispose() => _world.Dispose();

    private static long[] Keys(ShopPage page) => [.. page.Shops.Select(s => s.Id.Value)];

    private async Task<ShopPage> Page(ShopListFrom from, long key, int page, int? search = null) =>
        (await _world.Send(new ListShops(new ShopListPlace(from, new ShopId(key), page), search))).Value;

    [Fact]
    public async Task Without_shops_there_is_one_empty_page()
    {
        var page = (await _world.Send(new ListShops(ShopListPlace.First))).Value;

        Assert.Empty(page.Shops);
        Assert.Equal((1, 1, false, false), (page.Page, page.Pages, page.HasBefore, page.HasAfter));
        await _world.Shops.DidNotReceiveWithAnyArgs().Count(default!, World.Ct);
    }

    [Fact]
    public async Task A_page_shows_names_and_states_in_the_order_of_keys()
    {
        _world.HasShop(20, "Tea", isActive: true, isMine: true);
        _world.HasShop(10, "Nuts", isMine: true);
        _world.HasShop(30, "Foreign");

        var page = (await _world.Send(new ListShops(ShopListPlace.First))).Value;

        Assert.Equal([new ShopRow(new ShopId(10), "Nuts", false), new ShopRow(new ShopId(20), "Tea", true)], page.Shops);
    }

    [Fact]
    public async Task An_admin_sees_all_shops()
    {
        _world.CallerIsAdmin().HasShop(30, "Foreign");

        var page = (await _world.Send(new ListShops(ShopListPlace.First))).Value;

        Assert.Equal([30], Keys(page));
    }

    [Fact]
    public async Task Arrows_lead_through_all_pages_and_back()
    {
        _world.HasShops(12);

        var first = await Page(ShopListFrom.Start, 0, 1);
        var second = await Page(ShopListFrom.After, 50, 2);
        var third = await Page(ShopListFrom.After, 100, 3);
        var back = await Page(ShopListFrom.Before, 110, 2);

        Assert.Equal([10, 20, 30, 40, 50], Keys(first));
        Assert.Equal((1, 3, false, true), (first.Page, first.Pages, first.HasBefore, first.HasAfter));
        Assert.Equal([60, 70, 80, 90, 100], Keys(second));
        Assert.Equal((2, 3, true, true), (second.Page, second.Pages, second.HasBefore, second.HasAfter));
        Assert.Equal([110, 120], Keys(third));
        Assert.Equal((3, 3, true, false), (third.Page, third.Pages, third.HasBefore, third.HasAfter));
        Assert.Equal(Keys(second), Keys(back));
        Assert.Equal((2, 3), (back.Page, back.Pages));
    }

    [Fact]
    public async Task The_page_size_is_configured()
    {
        _world.Bot.PageSize = 2;
        _world.HasShops(3);

        var page = await Page(ShopListFrom.Start, 0, 1);

        Assert.Equal([10, 20], Keys(page));
        Assert.Equal(2, page.Pages);
    }

    [Fact]
    public async Task Where_the_last_page_has_vanished_the_page_before_it_is_shown()
    {
        _world.HasShops(5);

        var after = await Page(ShopListFrom.After, 50, 2);
        var at = await Page(ShopListFrom.At, 60, 2);

        Assert.Equal([10, 20, 30, 40, 50], Keys(after));
        Assert.Equal((1, 1, false, false), (after.Page, after.Pages, after.HasBefore, after.HasAfter));
        Assert.Equal(Keys(after), Keys(at));
    }

    [Fact]
    public async Task Where_nothing_is_left_before_the_first_page_is_shown()
    {
        _world.HasShops(3);

        var page = await Page(ShopListFrom.Before, 5, 1);

        Assert.Equal([10, 20, 30], Keys(page));
        Assert.Equal((1, 1), (page.Page, page.Pages));
    }

    [Fact]
    public async Task Back_leads_to_the_page_one_came_from_though_its_first_shop_has_gone()
    {
        _world.HasShops(12);

        var page = await Page(ShopListFrom.At, 55, 2);

        Assert.Equal([60, 70, 80, 90, 100], Keys(page));
        Assert.Equal(2, page.Page);
    }

    [Theory]
    [InlineData(-5, 2)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(999_999_999, 999_999_999)]
    public async Task A_forged_page_number_only_changes_the_counter(int claimed, int shown)
    {
        _world.HasShops(12);

        var page = await Page(ShopListFrom.After, 50, claimed);

        Assert.Equal([60, 70, 80, 90, 100], Keys(page));
        Assert.Equal(shown, page.Page);
        Assert.True(page.Pages > page.Page);
    }

    [Fact]
    public async Task An_old_count_never_contradicts_the_arrows()
    {
        _world.HasShops(12);
        _world.Shops.Count(_world.Person!, Arg.Any<CancellationToken>()).Returns(3);

        var page = await Page(ShopListFrom.After, 50, 2);

        Assert.Equal((2, 3, true, true), (page.Page, page.Pages, page.HasBefore, page.HasAfter));
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(2, 60, 2)]
    [InlineData(3, 110, 3)]
    public async Task A_page_is_jumped_to_by_its_number(int number, long firstKey, int shown)
    {
        _world.HasShops(12);

        var page = (await _world.Send(new JumpToShopPage(number))).Value;

        Assert.Equal((firstKey, shown), (page.Shops[0].Id.Value, page.Page));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task A_page_that_does_not_exist_is_refused(int number)
    {
        _world.HasShops(12);

        var page = await _world.Send(new JumpToShopPage(number));

        Assert.Equal(ShopRefusals.NoSuchPage, page.Refusal);
    }

    [Fact]
    public async Task A_search_shows_its_first_page_and_gets_a_number()
    {
        _world.HasShops(12);
        _world.Found = new ShopSearchResult([.. Enumerable.Range(1, 7).Select(i => new ShopId(i * 10))], WasCut: true);

        var page = (await _world.Send(new SearchShops("  nUts "))).Value;

        Assert.Equal([10, 20, 30, 40, 50], Keys(page));
        Assert.Equal((1, 2, false, true), (page.Page, page.Pages, page.HasBefore, page.HasAfter));
        Assert.Equal(new ShopSearch(1, "nUts", true), page.Search);
        Assert.Equal("nUts", _world.Session.FindSearch(1));
        await _world.Shops.Received(1).Search(_world.Person!, "nUts", 1000, TimeSpan.FromSeconds(1), World.Ct);
    }

    [Fact]
    public async Task A_search_without_a_find_is_one_empty_page()
    {
        var page = (await _world.Send(new SearchShops("nothing"))).Value;

        Assert.Empty(page.Shops);
        Assert.Equal((1, 1, "nothing"), (page.Page, page.Pages, page.Search!.Text));
    }

    [Theory]
    [InlineData(ShopListFrom.Start, 0, new long[] { 10, 20, 30, 40, 50 }, 1)]
    [InlineData(ShopListFrom.After, 50, new long[] { 60, 70 }, 2)]
    [InlineData(ShopListFrom.At, 60, new long[] { 60, 70 }, 2)]
    [InlineData(ShopListFrom.Before, 60, new long[] { 10, 20, 30, 40, 50 }, 1)]
    [InlineData(ShopListFrom.After, 999, new long[] { 60, 70 }, 2)]
    [InlineData(ShopListFrom.Before, 0, new long[] { 10, 20, 30, 40, 50 }, 1)]
    public async Task The_pages_of_a_search_are_turned_by_key(ShopListFrom from, long key, long[] keys, int number)
    {
        _world.HasShops(12);
        _world.Found = new ShopSearchResult([.. Enumerable.Range(1, 7).Select(i => new ShopId(i * 10))], WasCut: false);
        var id = _world.Session.StartSearch("nuts");

        var page = await Page(from, key, 1, id);

        Assert.Equal(keys, Keys(page));
        Assert.Equal((number, 2, new ShopSearch(id, "nuts", false)), (page.Page, page.Pages, page.Search));
    }

    [Fact]
    public async Task An_expired_search_shows_all_shops_from_the_beginning_and_says_so()
    {
        _world.HasShops(12);
        var old = _world.Session.StartSearch("nuts");
        _world.Session.StartSearch("tea");

        var page = await Page(ShopListFrom.After, 50, 2, old);

        Assert.Equal([10, 20, 30, 40, 50], Keys(page));
        Assert.Equal((true, null), (page.SearchExpired, page.Search));
    }

    [Fact]
    public async Task A_page_of_a_search_is_jumped_to_by_its_number()
    {
        _world.HasShops(12);
        _world.Found = new ShopSearchResult([.. Enumerable.Range(1, 7).Select(i => new ShopId(i * 10))], WasCut: false);
        var id = _world.Session.StartSearch("nuts");

        var page = (await _world.Send(new JumpToShopPage(2, id))).Value;

        Assert.Equal([60, 70], Keys(page));
        Assert.Equal(2, page.Page);
        Assert.Equal(ShopRefusals.NoSuchPage, (await _world.Send(new JumpToShopPage(3, id))).Refusal);
        Assert.Equal(ShopRefusals.NoSuchPage, (await _world.Send(new JumpToShopPage(int.MaxValue, id))).Refusal);
    }

    [Fact]
    public async Task A_shop_that_was_unlinked_since_the_search_is_not_shown()
    {
        _world.HasShops(2);
        _world.Found = new ShopSearchResult([new ShopId(10), new ShopId(15), new ShopId(20)], WasCut: false);

        var page = (await _world.Send(new SearchShops("nuts"))).Value;

        Assert.Equal([10, 20], Keys(page));
    }

    [Fact]
    public async Task A_search_text_has_1_to_64_characters()
    {
        string[] wrong = ["", " \n", new string('a', 65), "a\0b", "a\ud83c"];

        foreach (var text in wrong)
            Assert.Equal(ShopRefusals.SearchTextInvalid, (await _world.Send(new SearchShops(text))).Refusal);

        Assert.Null((await _world.Send(new SearchShops(string.Concat(Enumerable.Repeat("🌰", 64))))).Refusal);
        Assert.Null((await _world.Send(new SearchShops("%_'\"\\"))).Refusal);
    }
}
