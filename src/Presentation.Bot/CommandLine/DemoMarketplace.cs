using MarketBot.Application.Administration;
using MarketBot.Playground;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>The demo data of a start without a token: shops, an admin's account, and people who know their keys.</summary>
internal static class DemoMarketplace
{
    private const string AdminName = "admin";
    private const string AdminPassword = "demo-password";

    /// <summary>The people of the Playground.</summary>
    public static IReadOnlyList<DemoPerson> People { get; } =
    [
        new(1001, "Анна") { LastName = "Орехова", Username = "anna_nuts", Hint = "Продавец. /start → Продавец → ключ demo-nuts-1. Второй магазин: demo-tea-2" },
        new(1002, "Борис") { LastName = "Чайкин", Username = "boris_tea", Hint = "Продавец. /start → Продавец → ключ demo-tea-2" },
        new(1003, "Вера") { Username = "vera_helper", Hint = "Помощница Анны: тот же ключ demo-nuts-1" },
        new(1004, "Глеб") { Username = "gleb_admin", Hint = $"Администратор. /start → Администратор → {AdminName} → {AdminPassword}" },
        new(1005, "Дина") { Hint = "Никого здесь не знает. /start и осмотреться" },
        new(1006, "Emily") { LastName = "Stone", Username = "emily_stone", LanguageCode = "en", Hint = "English. /start → Seller → key demo-soap-3" },
    ];

    /// <summary>Fills an empty marketplace; one with shops stays as it is.</summary>
    public static async Task Seed(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var operations = new OperatorRequests(scope.ServiceProvider);
        if ((await operations.Send(new ListAllShops(default, 1), ct)).Count > 0)
            return;

        await operations.Send(new AddShops([.. Shops()]), ct);
        await operations.Do(new AddAccount(AdminName, new Secret(AdminPassword)), ct);
    }

    private static IEnumerable<NewShop> Shops()
    {
        (string Name, string Slug, string Key, string Vendor)[] shops =
        [
            ("Ореховый рай", "nuts", "demo-nuts-1", "Орехи России"),
            ("Чайная лавка", "tea", "demo-tea-2", "Семь чаёв"),
            ("Soap & Candles", "soap", "demo-soap-3", "Stone & Daughters"),
            ("Книги у дома", "books", "demo-books-4", "Полка"),
            ("Тёплые носки", "socks", "demo-socks-5", "Бабушкины узоры"),
            ("Кофе <в зёрнах>", "coffee", "demo-coffee-6", "Зерно & Ко"),
            ("Велосипеды", "bikes", "demo-bikes-7", "Два колеса"),
            ("Сад и огород", "garden", "demo-garden-8", "Грядка"),
            ("Игрушки", "toys", "demo-toys-9", "Кубик"),
            ("Мёд Алтая", "honey", "demo-honey-10", "Пасека"),
            ("Гитары", "guitars", "demo-guitars-11", "Шесть струн"),
            ("Аквариумы", "fish", "demo-fish-12", "Тихая вода"),
        ];
        return shops.Select((shop, i) => new NewShop(
            shop.Name,
            new Secret(shop.Key),
            shop.Slug,
            (10_001 + i).ToString(System.Globalization.CultureInfo.InvariantCulture),
            shop.Vendor,
            IsActive: i % 3 == 1,
            PriceUpdating: i % 2 == 0,
            Warehouses: [
                new NewWarehouse("Москва, основной", 500_000 + i), .. i % 2 == 0 ? [new NewWarehouse("Казань", 600_000 + i)] : Array.Empty<NewWarehouse>()]));
    }
}
