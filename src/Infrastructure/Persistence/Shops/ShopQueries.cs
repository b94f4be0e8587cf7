using System.Linq.Expressions;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using Microsoft.EntityFrameworkCore;

namespace MarketBot.Infrastructure.Persistence.Shops;

/// <summary>A shop that somebody reaches.</summary>
internal sealed class ReachedShop
{
    /// <summary>By which their list is ordered: of the table that has an index for it.</summary>
    public required ShopId Key { get; init; }

    public required Shop Shop { get; init; }
}

/// <summary>A row of a page.</summary>
/// <param name="Shop">What the list shows.</param>
/// <param name="HasBeside">Whether there is anything on the side one came from.</param>
internal sealed record PageRow(ListedShop Shop, bool HasBeside);

/// <summary>
/// The queries of a person's shops, compiled once. Which shops a person reaches is written in one place, <see cref="Reached"/>, and every query
/// is put together with it. A compiled query belongs to one model, so each host has its own.
/// </summary>
internal sealed class ShopQueries
{
    private readonly Dictionary<Role, RoleQueries> _roles = Enum.GetValues<Role>().ToDictionary(role => role, role => new RoleQueries(Reached(role)));

    /// <summary>The queries for a person.</summary>
    public RoleQueries For(TelegramUser user) => _roles[user.Role];

    /// <summary>A seller reaches the shops that are bound to them, an admin all.</summary>
    private static Expression<Func<MarketBotContext, long, IQueryable<ReachedShop>>> Reached(Role role) => role == Role.Admin
        ? (context, user) => context.Shops.Select(shop => new ReachedShop { Key = shop.Id, Shop = shop })
        : (context, user) => context.Bindings.Where(b => b.User.Id == user)
            .Join(context.Shops, b => b.ShopId, s => s.Id, (b, s) => new ReachedShop { Key = b.ShopId, Shop = s });
}

/// <summary>The queries of one role. The number that each takes is the person's key in <c>tg_bot_telegramuser</c>.</summary>
internal sealed class RoleQueries
{
    private readonly Expression<Func<MarketBotContext, long, IQueryable<ReachedShop>>> _reached;
    private readonly Func<MarketBotContext, long, IQueryable<ReachedShop>> _all;
    private readonly Dictionary<ShopListFrom, Func<MarketBotContext, long, ShopId, int, IAsyncEnumerable<PageRow>>> _pages;
    private readonly Dictionary<ShopListFrom, Func<MarketBotContext, long, ShopId, Task<bool>>> _besides;

    public RoleQueries(Expression<Func<MarketBotContext, long, IQueryable<ReachedShop>>> reached)
    {
        _reached = reached;
        _all = reached.Compile();
        Find = EF.CompileAsyncQuery(With<Func<MarketBotContext, long, ShopId, Shop?>, Func<IQueryable<ReachedShop>, ShopId, Shop?>>((shops, key) =>
            shops.Where(r => r.Key == key).Select(r => r.Shop).Include(s => s.Warehouses.OrderBy(w => w.Id)).FirstOrDefault()));

        // A bare parameter as the limit makes SQLite prepare the statement anew at each run (its planner looks at the value: sqlite.org, "QPSG").
        _pages = new()
        {
            [ShopListFrom.Start] = Page((shops, key, rows) => shops.OrderBy(r => r.Key).Take(rows + 0)
                .Select(r => new PageRow(new ListedShop(r.Shop.Id, r.Shop.Name, r.Shop.IsActive, r.Shop.PriceUpdating), false))),
            [ShopListFrom.At] = Page((shops, key, rows) => shops.Where(r => r.Key >= key).OrderBy(r => r.Key).Take(rows + 0)
                .Select(r => new PageRow(new ListedShop(r.Shop.Id, r.Shop.Name, r.Shop.IsActive, r.Shop.PriceUpdating), shops.Any(o => o.Key < key)))),
            [ShopListFrom.After] = Page((shops, key, rows) => shops.Where(r => r.Key > key).OrderBy(r => r.Key).Take(rows + 0)
                .Select(r => new PageRow(new ListedShop(r.Shop.Id, r.Shop.Name, r.Shop.IsActive, r.Shop.PriceUpdating), shops.Any(o => o.Key <= key)))),
            [ShopListFrom.Before] = Page((shops, key, rows) => shops.Where(r => r.Key < key).OrderByDescending(r => r.Key).Take(rows + 0)
                .Select(r => new PageRow(new ListedShop(r.Shop.Id, r.Shop.Name, r.Shop.IsActive, r.Shop.PriceUpdating), shops.Any(o => o.Key >= key)))),
        };
        _besides = new()
        {
            [ShopListFrom.At] = Beside((shops, key) => shops.Any(o => o.Key < key)),
            [ShopListFrom.After] = Beside((shops, key) => shops.Any(o => o.Key <= key)),
            [ShopListFrom.Before] = Beside((shops, key) => shops.Any(o => o.Key >= key)),
        };
    }

    /// <summary>The shop with its warehouses, tracked; null: none, or not theirs.</summary>
    public Func<MarketBotContext, long, ShopId, Task<Shop?>> Find { get; }

    /// <summary>Every shop the person reaches, for a query that is needed seldom.</summary>
    public IQueryable<ReachedShop> All(MarketBotContext context, TelegramUser user) => _all(context, user.Id);

    /// <summary>A page, each row with whether there is anything on the side one came from.</summary>
    public async Task<List<PageRow>> Page(MarketBotContext context, TelegramUser user, ShopListPlace place, int rows)
    {
        var page = new List<PageRow>(rows);
        await foreach (var row in _pages[place.From](context, user.Id, place.Key, rows))
            page.Add(row);
        return page;
    }

    /// <summary>Only whether there is anything on the side one came from.</summary>
    public async Task<bool> HasBeside(MarketBotContext context, TelegramUser user, ShopListPlace place) =>
        _besides.TryGetValue(place.From, out var beside) && await beside(context, user.Id, place.Key);

    private Func<MarketBotContext, long, ShopId, int, IAsyncEnumerable<PageRow>> Page(Expression<Func<IQueryable<ReachedShop>, ShopId, int, IQueryable<PageRow>>> rest) =>
        EF.CompileAsyncQuery(With<Func<MarketBotContext, long, ShopId, int, IQueryable<PageRow>>, Func<IQueryable<ReachedShop>, ShopId, int, IQueryable<PageRow>>>(rest));

    private Func<MarketBotContext, long, ShopId, Task<bool>> Beside(Expression<Func<IQueryable<ReachedShop>, ShopId, bool>> rest) =>
        EF.CompileAsyncQuery(With<Func<MarketBotContext, long, ShopId, bool>, Func<IQueryable<ReachedShop>, ShopId, bool>>(rest));

    /// <summary>Puts what the person reaches in place of the first parameter.</summary>
    private Expression<TQuery> With<TQuery, TRest>(Expression<TRest> rest) => Expression.Lambda<TQuery>(
        new Replacement(rest.Parameters[0], _reached.Body).Visit(rest.Body), [.. _reached.Parameters, .. rest.Parameters.Skip(1)]);

    private sealed class Replacement(ParameterExpression parameter, Expression replacement) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? replacement : node;
    }
}
