using MarketBot.Presentation.Bot.Shops;
using MarketBot.Presentation.Bot.Subscriptions;

namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>The first screen: the menu of a role, or the choice of one.</summary>
internal static class HomeView
{
    /// <summary>Draws it, below a notice when there is one.</summary>
    public static Reply Render(Home home, Language language, Html? notice = null)
    {
        var texts = AccountTexts.Of(language);
        var shops = ShopTexts.Of(language);
        var subscription = Button.For(SubscriptionTexts.Of(language).Subscription, new OpenSubscription());
        Button[] last = [Button.For(texts.Help, new OpenHelp()), Button.For(texts.Language, new AskLanguage())];
        var (text, keyboard) = home switch
        {
            { Role: null } => (
                texts.Welcome,
                Keyboard.Of([Button.For(texts.Seller, new AskRegistrationKey()), Button.For(texts.Administrator, new AskUsername())], last)),
            { IsActive: false } => (texts.InactiveMenu, Keyboard.Of([subscription], last)),
            { Role: Role.Admin } => (
                texts.AdminMenu, Keyboard.Of([Button.For(shops.AllShops, new OpenShops(ShopListPurpose.Open))], [subscription], last)),
            _ => (
                texts.SellerMenu,
                Keyboard.Of(
                    [Button.For(shops.MyShops, new OpenShops(ShopListPurpose.Open))],
                    [Button.For(shops.AddShop, new AskShopKey()), Button.For(shops.UnlinkShop, new OpenShops(ShopListPurpose.Unlink))],
                    [subscription],
                    last)),
        };
        return Reply.Screen(notice is { } above ? Html.Paragraphs(above, text) : text, keyboard);
    }
}
