using MarketBot.Application.Accounts;
using MarketBot.Presentation.Bot.Core;
using MediatR;

namespace MarketBot.Presentation.Bot.Accounts;

internal sealed class StartScreen(IMediator mediator) : IScreen<StartScreen>
{
    public static void Map(Routes<StartScreen> routes) => routes
        .For<Start>()
        .Command("start", l => AccountTexts.Of(l).StartCommand, (screen, turn, ct) => screen.Open(turn, ct));

    public async Task<Reply> Open(Turn turn, CancellationToken ct)
    {
        var home = await mediator.Send(new Start(), ct);
        return home.Refusal is { } no ? Reply.Refuse(no) : HomeView.Render(home.Value, turn.Language);
    }
}
