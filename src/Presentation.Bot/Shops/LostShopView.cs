using MarketBot.Presentation.Bot.Accounts;

namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Draws the refusal of a shop that the person does not have any more: it leads back to the list of their role.</summary>
internal sealed class LostShopView : IRefusalView
{
    /// <inheritdoc />
    public Reply? Render(Refusal refusal, Html words, Role? role, Language language)
    {
        if (refusal != ShopRefusals.NotYours)
            return null;

        var texts = ShopTexts.Of(language);
        var list = Button.For(role == Role.Admin ? texts.AllShops : texts.MyShops, new OpenShops(ShopListPurpose.Open));
        return Reply.Screen(words, Keyboard.Of([list], [Button.For(CommonTexts.Of(language).Menu, new OpenMenu())]));
    }
}
