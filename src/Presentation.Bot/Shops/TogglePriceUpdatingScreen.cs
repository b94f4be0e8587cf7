namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Switches a shop's price updating to the wanted state.</summary>
internal sealed record SwitchPrices(ShopId Shop, bool MakeUpdating, ShopId First, int Page, short? Search) : IButton;

internal sealed class TogglePriceUpdatingScreen(IMediator mediator) : IScreen<TogglePriceUpdatingScreen>
{
    public static void Map(Routes<TogglePriceUpdatingScreen> routes) => routes
        .For<TogglePriceUpdating>()
        .Button<SwitchPrices>("price", (screen, button, turn, ct) => screen.Switch(button, turn, ct));

    private async Task<Reply> Switch(SwitchPrices button, Turn turn, CancellationToken ct)
    {
        var card = await mediator.Send(new TogglePriceUpdating(button.Shop, button.MakeUpdating), ct);
        return card.Refusal is { } no
            ? Reply.Refuse(no)
            : ShopCardView.Render(card.Value, new ListPage(button.First, button.Page, button.Search), turn.Role, turn.Language) with
            {
                Toast = ShopTexts.Of(turn.Language).PricesSwitched(card.Value.PriceUpdating),
            };
    }
}
