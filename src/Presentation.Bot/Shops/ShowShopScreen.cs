namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Opens a shop, remembering the page one came from.</summary>
internal sealed record OpenShop(ShopId Shop, ShopId First, int Page, short? Search) : IButton;

internal sealed class ShowShopScreen(IMediator mediator) : IScreen<ShowShopScreen>
{
    public static void Map(Routes<ShowShopScreen> routes) => routes
        .For<ShowShop>()
        .Button<OpenShop>("shop", (screen, button, turn, ct) => screen.Open(button, turn, ct));

    private async Task<Reply> Open(OpenShop button, Turn turn, CancellationToken ct)
    {
        var card = await mediator.Send(new ShowShop(button.Shop), ct);
        return card.Refusal is { } no
            ? Reply.Refuse(no) : ShopCardView.Render(card.Value, new ListPage(button.First, button.Page, button.Search), turn.Role, turn.Language);
    }
}
