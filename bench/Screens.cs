using MarketBot.Application.Accounts;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Shops;

namespace MarketBot.Bench;

/// <summary>The two screens that a closed-loop user goes between, drawn by the bot's own views: what the floor sends without any logic.</summary>
internal static class Screens
{
    private static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);

    private static readonly Reply Menu = HomeView.Render(new Home(Role.Seller, IsActive: true), Language.Ru);

    private static readonly Reply List = ShopListView.Render(
        new ShopPage([.. Enumerable.Range(1, 5).Select(i => new ShopRow(new ShopId(i), $"Shop {i}", IsActive: false))], 1, 4, HasBefore: false, HasAfter: true),
        ShopListPurpose.Open,
        Role.Seller,
        Language.Ru);

    /// <summary>The callback data of the button that leads to the list.</summary>
    public static string Shops { get; } = Routes.Write(new OpenShops(ShopListPurpose.Open));

    public static string MenuText => Menu.Text!.Value.Markup;

    public static string ListText => List.Text!.Value.Markup;

    public static object MenuKeyboard { get; } = KeyboardOf(Menu);

    public static object ListKeyboard { get; } = KeyboardOf(List);

    private static object KeyboardOf(Reply screen) => new
    {
        inline_keyboard = screen.Keyboard.Rows
            .Select(row => row.Select(b => new { text = b.Label.Text, callback_data = Routes.Write(b.Press!) }).ToArray())
            .ToArray(),
    };
}
