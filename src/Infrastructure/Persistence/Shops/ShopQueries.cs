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
    private readonly Func<MarketBotContext, long, IQueryable<ReachedShop>> _all;

    public RoleQueries(Expression<Func<MarketBotContext, long, IQueryable<ReachedShop>>> reached)
    {
        _all = reached.Compile();
        Expression<Func<IQueryable<ReachedShop>, ShopId, Shop?>> find = (shops, key) =>
            shops.Where(r => r.Key == key).Select(r => r.Shop).Include(s => s.Warehouses.OrderBy(w => w.Id)).FirstOrDefault();
        Find = EF.CompileAsyncQuery(Expression.Lambda<Func<MarketBotContext, long, ShopId, Shop?>>(
            new Replacement(find.Parameters[0], reached.Body).Visit(find.Body), [.. reached.Parameters, find.Parameters[1]]));
    }

    /// <summary>The shop with its warehouses, tracked; null: none, or not theirs.</summary>
    public Func<MarketBotContext, long, ShopId, Task<Shop?>> Find { get; }

    /// <summary>Every shop the person reaches, for a query that is needed seldom.</summary>
    public IQueryable<ReachedShop> All(MarketBotContext context, TelegramUser user) => _all(context, user.Id);

    private sealed class Replacement(ParameterExpression parameter, Expression replacement) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? replacement : node;
    }
}
