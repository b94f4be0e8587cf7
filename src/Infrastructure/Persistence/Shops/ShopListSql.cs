using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;

namespace MarketBot.Infrastructure.Persistence.Shops;

/// <summary>
/// The queries of a page of shops, by key: parameters are the key, the number of rows and the seller. A bare parameter as the
/// limit would make SQLite prepare the statement anew at each run (its planner looks at the value: sqlite.org, "QPSG").
/// </summary>
internal static class ShopListSql
{
    private const string OfAll = "FROM shops s WHERE s.id";
    private const string OfSeller = "FROM tg_bot_telegramuser_shops b JOIN shops s ON s.id = b.shop_id WHERE b.telegramuser_id = @p2 AND b.shop_id";

    private static readonly Dictionary<(Role, ShopListFrom), string> Pages = All((role, from) =>
    {
        var key = role == Role.Admin ? "s.id" : "b.shop_id";
        var order = from == ShopListFrom.Before ? "DESC" : "ASC";
        var beside = from == ShopListFrom.Start ? "FALSE" : $"EXISTS ({Beside(role, from)})";
        return $"SELECT s.id, s.name, s.is_active, s.price_updating, {beside} {From(role)} {Here(from)} ORDER BY {key} {order} LIMIT @p1 + 0";
    });

    private static readonly Dictionary<(Role, ShopListFrom), string> Besides = All((role, from) => $"SELECT EXISTS ({Beside(role, from)})");

    /// <summary>A page, each row with whether there is anything on the side one came from.</summary>
    public static string Of(Role role, ShopListFrom from) => Pages[(role, from)];

    /// <summary>Only whether there is anything on the side one came from.</summary>
    public static string AnyBeside(Role role, ShopListFrom from) => Besides[(role, from)];

    private static string Beside(Role role, ShopListFrom from) =>
        (role == Role.Admin ? "SELECT 1 FROM shops o WHERE o.id" : "SELECT 1 FROM tg_bot_telegramuser_shops o WHERE o.telegramuser_id = @p2 AND o.shop_id") + from switch
        {
            ShopListFrom.At => " < @p0",
            ShopListFrom.After => " <= @p0",
            ShopListFrom.Before => " >= @p0",
            _ => " > @p0 AND FALSE",
        };

    private static string From(Role role) => role == Role.Admin ? OfAll : OfSeller;

    private static string Here(ShopListFrom from) => from switch
    {
        ShopListFrom.At => ">= @p0",
        ShopListFrom.After => "> @p0",
        ShopListFrom.Before => "< @p0",
        _ => "> 0",
    };

    private static Dictionary<(Role, ShopListFrom), string> All(Func<Role, ShopListFrom, string> make) =>
        Enum.GetValues<Role>().SelectMany(role => Enum.GetValues<ShopListFrom>().Select(from => (role, from))).ToDictionary(k => k, k => make(k.role, k.from));
}
