using MarketBot.Presentation.Bot.Accounts;

namespace MarketBot.Presentation.Bot.Shops;

/// <summary>The purpose of a list of shops: what a tap on a shop does.</summary>
internal enum ShopListPurpose
{
    Open,

    Unlink,
}

/// <summary>Leads to the first page of a list.</summary>
internal sealed record OpenShops(ShopListPurpose Purpose) : IButton;

/// <summary>Turns to a page of a list.</summary>
internal sealed record TurnPage(ShopListPurpose Purpose, ShopListFrom From, ShopId Key, int Page, short? Search) : IButton;

/// <summary>An arrow at the end of a list: does nothing but answer.</summary>
internal sealed record NoFurther : IButton;

/// <summary>Asks for the number of a page to jump to.</summary>
internal sealed record AskPage(ShopListPurpose Purpose, ShopId First, int Page, int Pages, short? Search) : IButton;

/// <summary>Asks for a text to search for.</summary>
internal sealed record AskSearch(ShopListPurpose Purpose) : IButton;

/// <summary>The page of a list that one came from, so that "back" leads there.</summary>
/// <param name="First">The page's first shop.</param>
/// <param name="Page">Its number.</param>
/// <param name="Search">The search it is a page of.</param>
internal sealed record ListPage(ShopId First, int Page, short? Search)
{
    /// <summary>The button that leads back there.</summary>
    public TurnPage Return(ShopListPurpose purpose) => new(purpose, ShopListFrom.At, First, Page, Search);
}

/// <summary>Draws a page of shops.</summary>
internal static class ShopListView
{
    /// <summary>Draws it.</summary>
    public static Reply Render(ShopPage page, ShopListPurpose purpose, Role? role, Language language)
    {
        var texts = ShopTexts.Of(language);
        var common = CommonTexts.Of(language);
        var menu = Button.For(common.Back, new OpenMenu());
        if (page.Shops.Count == 0)
            return RenderEmpty(page, purpose, role, language);

        var search = (short?)page.Search?.Id;
        var here = new ListPage(page.Shops[0].Id, page.Page, search);
        Button[] arrows =
        [
            Button.For("◀", page.HasBefore ? new TurnPage(purpose, ShopListFrom.Before, page.Shops[0].Id, page.Page - 1, search) : new NoFurther()),
            Button.For(
                Plain.Of($"{page.Page} / {page.Pages}"), page.Pages > 1 ? new AskPage(purpose, here.First, here.Page, page.Pages, search) : new NoFurther()),
            Button.For("▶", page.HasAfter ? new TurnPage(purpose, ShopListFrom.After, page.Shops[^1].Id, page.Page + 1, search) : new NoFurther()),
        ];
        var rows =
            page.Shops.Select(shop => (IReadOnlyList<Button>)[Button.For(Plain.Of($"{(shop.IsActive ? "✅" : "⏸")} {shop.Name}"), Tap(shop.Id, here, purpose))])
            .Append(arrows)
            .Append([Button.For(texts.Search, new AskSearch(purpose)), .. ShowAll(page, purpose, texts)])
            .Append([menu]);

        var lines = new List<Html> { Heading(page, purpose, role, texts) };
        if (page.Search is { WasCut: true })
            lines.Add(texts.SearchWasCut);
        if (page.SearchExpired)
            lines.Insert(0, texts.SearchExpired);
        return Reply.Screen(Html.Paragraphs(lines), Keyboard.Of(rows));
    }

    private static Html Heading(ShopPage page, ShopListPurpose purpose, Role? role, ShopTexts texts) => (page.Search, purpose, role) switch
    {
        ({ } search, _, _) => texts.Found(search.Text),
        (_, ShopListPurpose.Unlink, _) => texts.UnlinkList,
        (_, _, Role.Admin) => texts.AllList,
        _ => texts.MyList,
    };

    private static Reply RenderEmpty(ShopPage page, ShopListPurpose purpose, Role? role, Language language)
    {
        var texts = ShopTexts.Of(language);
        Button[] back = [Button.For(CommonTexts.Of(language).Back, new OpenMenu())];
        if (page.Search is { } search)
        {
            Html[] lines = search.WasCut ? [texts.NothingFound(search.Text), texts.SearchWasCut] : [texts.NothingFound(search.Text)];
            return Reply.Screen(
                Html.Paragraphs(lines), Keyboard.Of([Button.For(texts.Search, new AskSearch(purpose)), .. ShowAll(page, purpose, texts)], back));
        }

        return role == Role.Admin
            ? Reply.Screen(texts.NoShopsAtAll, Keyboard.Of(back))
            : Reply.Screen(texts.NoShopsOfMine, Keyboard.Of([Button.For(texts.AddShop, new AskShopKey())], back));
    }

    private static IEnumerable<Button> ShowAll(ShopPage page, ShopListPurpose purpose, ShopTexts texts) =>
        page.Search is null ? [] : [Button.For(texts.ShowAll, new OpenShops(purpose))];

    private static IButton Tap(ShopId shop, ListPage here, ShopListPurpose purpose) => purpose == ShopListPurpose.Open
        ? new OpenShop(shop, here.First, here.Page, here.Search)
        : new AskUnbind(shop, here.First, here.Page, here.Search, FromCard: false);
}
