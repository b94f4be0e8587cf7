using Microsoft.Extensions.Options;

namespace MarketBot.Application.Shops;

/// <summary>A page of the caller's shops, or of what a search among them found.</summary>
/// <param name="Place">The beginning of the page.</param>
/// <param name="SearchId">The search; null: all shops. An expired one shows all shops and says so.</param>
[Allow(Who.Seller | Who.Admin)]
public sealed record ListShops(ShopListPlace Place, int? SearchId = null) : IQuery<ShopPage>;

/// <summary>The page of a number: the only way of reading that may skip shops.</summary>
[Allow(Who.Seller | Who.Admin)]
public sealed record JumpToShopPage(int Page, int? SearchId = null) : IQuery<ShopPage>;

/// <summary>Searches the caller's shops and shows the first page of what was found.</summary>
/// <param name="Text">Part of a name, slug, id or client id, whatever the case.</param>
[Allow(Who.Seller | Who.Admin)]
public sealed record SearchShops(string Text) : IQuery<ShopPage>;

/// <summary>A page of shops.</summary>
/// <param name="Shops">In the order of keys.</param>
/// <param name="Page">The number of the page, from 1.</param>
/// <param name="Pages">The number of pages, as far as is known; never less than <paramref name="Page"/>.</param>
/// <param name="HasBefore">True when there is a page before it.</param>
/// <param name="HasAfter">True when there is a page after it.</param>
/// <param name="Search">The search it is a page of.</param>
/// <param name="SearchExpired">A search was asked for that is remembered no more.</param>
public sealed record ShopPage(
    IReadOnlyList<ShopRow> Shops, int Page, int Pages, bool HasBefore, bool HasAfter, ShopSearch? Search = null, bool SearchExpired = false);

/// <summary>A search whose result is shown.</summary>
/// <param name="Id">Its number; buttons carry it.</param>
/// <param name="Text">The text of the search.</param>
/// <param name="WasCut">True when the search ran out of time or found too many shops: there may be more.</param>
public sealed record ShopSearch(int Id, string Text, bool WasCut);

internal sealed class JumpToShopPageValidator : AbstractValidator<JumpToShopPage>
{
    public JumpToShopPageValidator() => RuleFor(c => c.Page).Holds(page => page >= 1, ShopRefusals.NoSuchPage);
}

internal sealed class SearchShopsValidator : AbstractValidator<SearchShops>
{
    public SearchShopsValidator() =>
        RuleFor(c => c.Text).Holds(
            text => text.Trim().Length > 0 && text.Trim() == Text.Cut(text.Trim(), Session.MaxSearchLength), ShopRefusals.SearchTextInvalid);
}

internal sealed class ListShopsHandler(ShopPages pages, ICaller caller) : IRequestHandler<ListShops, Result<ShopPage>>
{
    public async Task<Result<ShopPage>> Handle(ListShops request, CancellationToken cancellationToken)
    {
        if (request.SearchId is not { } id)
            return await pages.Read(request.Place, cancellationToken);
        if (caller.Session.FindSearch(id) is { } text)
            return await pages.ReadFound(id, text, request.Place, cancellationToken);
        return await pages.Read(ShopListPlace.First, cancellationToken) with { SearchExpired = true };
    }
}

internal sealed class JumpToShopPageHandler(ShopPages pages, ICaller caller) : IRequestHandler<JumpToShopPage, Result<ShopPage>>
{
    public async Task<Result<ShopPage>> Handle(JumpToShopPage request, CancellationToken cancellationToken)
    {
        var text = request.SearchId is { } id ? caller.Session.FindSearch(id) : null;
        var place = text is null ? await pages.PlaceOf(request.Page, cancellationToken) : await pages.PlaceOfFound(text, request.Page, cancellationToken);
        if (place is null)
            return ShopRefusals.NoSuchPage;

        return text is null
            ? await pages.Read(place, cancellationToken) with { SearchExpired = request.SearchId is not null }
            : await pages.ReadFound(request.SearchId!.Value, text, place, cancellationToken);
    }
}

internal sealed class SearchShopsHandler(ShopPages pages, ICaller caller, IShopRepository shops) : IRequestHandler<SearchShops, Result<ShopPage>>
{
    public async Task<Result<ShopPage>> Handle(SearchShops request, CancellationToken cancellationToken)
    {
        var text = request.Text.Trim();
        var page = await pages.ReadFound(caller.Session.StartSearch(text), text, ShopListPlace.First, cancellationToken);

        if (page.Shops.Count > 0)
            return page;

        // A text that is in no name is not needed again, and may be a key that was sent to the wrong prompt.
        caller.Session.EndSearch();
        var isPerhapsKey = KeyShape.MayBe(text) && KeyShape.Of(await shops.SampleKeys(KeyShape.SampleSize, cancellationToken)).Fits(text);
        return isPerhapsKey ? page with { Search = page.Search! with { Text = "***" } } : page;
    }
}

/// <summary>Makes pages of the caller's shops; the three use cases of this file share it.</summary>
internal sealed class ShopPages(ICaller caller, IShopRepository shops, IMapper mapper, IOptions<BotOptions> options)
{
    /// <summary>More than anybody pages through; a result beyond it is shown as cut.</summary>
    private const int MostFound = 1000;

    private static readonly TimeSpan SearchBudget = TimeSpan.FromSeconds(1);

    private int Size => options.Value.PageSize;

    public async Task<ShopPage> Read(ShopListPlace place, CancellationToken ct)
    {
        var user = caller.SignedIn;
        var stretch = await shops.List(user, place, Size, ct);
        if (stretch.Shops.Count == 0 && stretch.HasBefore)
        {
            place = new ShopListPlace(ShopListFrom.Before, new ShopId(long.MaxValue), place.Page - 1);
            stretch = await shops.List(user, place, Size, ct);
        }
        else if (stretch.Shops.Count == 0 && place.From == ShopListFrom.Before)
            stretch = await shops.List(user, ShopListPlace.First, Size, ct);

        var total = stretch is { HasBefore: false, HasAfter: false } ? stretch.Shops.Count : await shops.Count(user, ct);
        return Number(stretch, place.Page, total);
    }

    public async Task<ShopPage> ReadFound(int id, string text, ShopListPlace place, CancellationToken ct)
    {
        var found = await shops.Search(caller.SignedIn, text, MostFound, SearchBudget, ct);
        var start = place.From switch
        {
            ShopListFrom.At => found.Keys.Count(key => key < place.Key),
            ShopListFrom.After => found.Keys.Count(key => key <= place.Key),
            ShopListFrom.Before => Math.Max(0, found.Keys.Count(key => key < place.Key) - Size),
            _ => 0,
        };
        if (start >= found.Keys.Count)
            start = Math.Max(0, found.Keys.Count - 1) / Size * Size;

        ListedShop[] onPage = [.. await shops.Pick(caller.SignedIn, [.. found.Keys.Skip(start).Take(Size)], ct)];
        var stretch = new ShopStretch(onPage, start > 0, start + Size < found.Keys.Count);
        return Number(stretch, (start / Size) + 1, found.Keys.Count) with { Search = new ShopSearch(id, text, found.WasCut) };
    }

    public async Task<ShopListPlace?> PlaceOf(int page, CancellationToken ct) =>
        page <= int.MaxValue / Size && await shops.KeyAt(caller.SignedIn, (page - 1) * Size, ct) is { } key
            ? new ShopListPlace(ShopListFrom.At, key, page) : null;

    public async Task<ShopListPlace?> PlaceOfFound(string text, int page, CancellationToken ct)
    {
        var found = await shops.Search(caller.SignedIn, text, MostFound, SearchBudget, ct);
        return page - 1 < (found.Keys.Count + Size - 1) / Size ? new ShopListPlace(ShopListFrom.At, found.Keys[(page - 1) * Size], page) : null;
    }

    /// <summary>The arrows know for certain where the list ends, the count may be old: so the arrows win.</summary>
    private ShopPage Number(ShopStretch stretch, int claimed, int total)
    {
        var page = stretch.HasBefore ? Math.Max(2, claimed) : 1;
        var pages = stretch.HasAfter ? Math.Max(page + 1, (total + Size - 1) / Size) : page;
        return new ShopPage(mapper.Map<IReadOnlyList<ShopRow>>(stretch.Shops), page, pages, stretch.HasBefore, stretch.HasAfter);
    }
}
