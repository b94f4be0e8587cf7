namespace MarketBot.Presentation.Bot.Accounts;

internal sealed record OpenMenu : IButton;

internal sealed class ShowMenuScreen(IMediator mediator) : IScreen<ShowMenuScreen>
{
    public static void Map(Routes<ShowMenuScreen> routes) => routes
        .For<ShowMenu>()
        .Command("menu", l => CommonTexts.Of(l).Menu, (screen, turn, ct) => screen.Open(turn, ct), place: 20)
        .Button<OpenMenu>("menu", (screen, _, turn, ct) => screen.Open(turn, ct));

    private async Task<Reply> Open(Turn turn, CancellationToken ct)
    {
        var home = await mediator.Send(new ShowMenu(), ct);
        return home.Refusal is { } no ? Reply.Refuse(no) : HomeView.Render(home.Value, turn.Language);
    }
}
