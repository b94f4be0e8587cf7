namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Switches a shop to the wanted state.</summary>
internal sealed record SwitchShop(ShopId Shop, bool MakeActive, ShopId First, int Page, short? Search) : IButton;

internal sealed class ToggleShopActiveScreen(IMediator mediator) : IScreen<ToggleShopActiveScreen>
{
    public static void Map(Routes<ToggleShopActiveScreen> routes) => routes
        .For<ToggleShopActive>()
        .Button<SwitchShop>("on", (screen, button, turn, ct) => screen.Switch(button, turn, ct));

    private async Task<Reply> Switch(SwitchShop button, Turn turn, CancellationToken ct)
    {
        var card = await mediator.Send(new ToggleShopActive(button.Shop, button.MakeActive), ct);
        return card.Refusal is { } no
            ? Reply.Refuse(no)
            : ShopCardView.Render(card.Value, new ListPage(button.First, button.Page, button.Search), turn.Role, turn.Language) with
            {
                Toast = ShopTexts.Of(turn.Language).Switched(card.Value.Name, card.Value.IsActive),
            };
    }
}
