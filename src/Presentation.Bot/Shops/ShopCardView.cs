namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Draws a shop's own screen. Its switches say which state they lead to, so a double tap changes nothing twice.</summary>
internal static class ShopCardView
{
    private const int MostWarehouses = 20;

    /// <summary>Draws it.</summary>
    /// <param name="card">The shop.</param>
    /// <param name="back">The page one came from.</param>
    /// <param name="role">A seller may unlink it.</param>
    /// <param name="language">The language of the screen.</param>
    public static Reply Render(ShopCard card, ListPage back, Role? role, Language language)
    {
        var texts = ShopTexts.Of(language);
        var warehouses = card.Warehouses.Count == 0
            ? [Html.Of($"{texts.Warehouses}: {texts.NoWarehouses}")]
            : card.Warehouses.Take(MostWarehouses).Select(name => Html.Of($"• {name}")).Prepend(Html.Of($"{texts.Warehouses}:")).ToList();
        if (card.Warehouses.Count > MostWarehouses)
            warehouses.Add(Html.Of($"{texts.MoreWarehouses(card.Warehouses.Count - MostWarehouses)}"));

        var text = Html.Paragraphs(
            texts.Details,
            Html.Lines(
                [
                    texts.Name(card.Name),
                    texts.Vendor(card.VendorName.Length > 0 ? card.VendorName : "—"),
                    Html.Of($"{texts.Activation}: {(card.IsActive ? texts.On : texts.Off)}"),
                    Html.Of($"{texts.PriceUpdating}: {(card.PriceUpdating ? texts.On : texts.Off)}"),
                ]),
            Html.Lines(warehouses));

        Plain Switch(bool isOn) => isOn ? texts.TurnOff : texts.TurnOn;
        Button[] unlink = role == Role.Seller
            ? [Button.For(texts.UnlinkShop, new AskUnbind(card.Id, back.First, back.Page, back.Search, FromCard: true))]
            : [];
        return Reply.Screen(
            text,
            Keyboard.Of(
                [Button.For(
                    Plain.Of($"{texts.Activation}: {Switch(card.IsActive)}"), new SwitchShop(card.Id, !card.IsActive, back.First, back.Page, back.Search))],
                [Button.For(
                    Plain.Of($"{texts.PriceUpdating}: {Switch(card.PriceUpdating)}"),
                    new SwitchPrices(card.Id, !card.PriceUpdating, back.First, back.Page, back.Search))],
                unlink,
                [Button.For(CommonTexts.Of(language).Back, back.Return(ShopListPurpose.Open))]));
    }
}
