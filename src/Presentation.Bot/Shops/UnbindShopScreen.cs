namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Asks whether to unlink a shop.</summary>
internal sealed record AskUnbind(ShopId Shop, ShopId First, int Page, short? Search, bool FromCard) : IButton;

internal sealed record ConfirmUnbind(ShopId Shop, ShopId First, int Page, short? Search, bool FromCard) : IButton;

internal sealed class UnbindShopScreen(IMediator mediator) : IScreen<UnbindShopScreen>
{
    public static void Map(Routes<UnbindShopScreen> routes) => routes
        .For<UnbindShop>()
        .Button<AskUnbind>("unlink", (screen, button, turn, ct) => screen.Ask(button, turn, ct))
        .Button<ConfirmUnbind>("unbind", (screen, button, turn, ct) => screen.Unbind(button, turn, ct));

    internal static Reply Confirm(ShopCard card, AskUnbind button, Language language)
    {
        var common = CommonTexts.Of(language);
        IButton no = button.FromCard
            ? new OpenShop(button.Shop, button.First, button.Page, button.Search)
            : new ListPage(button.First, button.Page, button.Search).Return(ShopListPurpose.Unlink);
        return Reply.Screen(
            ShopTexts.Of(language).ConfirmUnlink(card.Name),
            Keyboard.Of(
                [
                    Button.For(common.Yes, new ConfirmUnbind(button.Shop, button.First, button.Page, button.Search, button.FromCard)),
                    Button.For(common.No, no),
                ]));
    }

    private async Task<Reply> Ask(AskUnbind button, Turn turn, CancellationToken ct)
    {
        var card = await mediator.Send(new ShowShop(button.Shop), ct);
        return card.Refusal is { } no ? Reply.Refuse(no) : Confirm(card.Value, button, turn.Language);
    }

    private async Task<Reply> Unbind(ConfirmUnbind button, Turn turn, CancellationToken ct)
    {
        var unbound = await mediator.Send(new UnbindShop(button.Shop), ct);
        if (unbound.Refusal is { } no)
            return Reply.Refuse(no);

        var place = new ShopListPlace(ShopListFrom.At, button.First, button.Page);
        var page = await mediator.Send(new ListShops(place, button.Search), ct);
        return page.Refusal is { } lost
            ? Reply.Refuse(lost)
            : ShopListView.Render(page.Value, button.FromCard ? ShopListPurpose.Open : ShopListPurpose.Unlink, turn.Role, turn.Language) with
            {
                Toast = ShopTexts.Of(turn.Language).Unlinked(unbound.Value),
            };
    }
}
