using MarketBot.Application.Accounts;
using MarketBot.Presentation.Bot.Core;
using MediatR;

namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>No text is asked for any more, but a secret was: whoever sends several keys, or a password twice, does not leave one in the chat.</summary>
internal sealed record AwaitLeftover : IAwaited;

internal sealed class StartScreen(IMediator mediator) : IScreen<StartScreen>
{
    public static void Map(Routes<StartScreen> routes) => routes
        .For<Start>()
        .Command("start", l => AccountTexts.Of(l).StartCommand, (screen, turn, ct) => screen.Open(turn, ct)).TakesKey()
        .SecretAnswer<AwaitLeftover>("leftover", (screen, leftover, turn, ct) => screen.Refuse(leftover, turn, ct));

    private async Task<Reply> Open(Turn turn, CancellationToken ct, Html? notice = null)
    {
        var home = await mediator.Send(new Start(), ct);
        return home.Refusal is { } no ? Reply.Refuse(no) : HomeView.Render(home.Value, turn.Language, notice);
    }

    private async Task<Reply> Refuse(AwaitLeftover leftover, Turn turn, CancellationToken ct) =>
        await Open(turn, ct, AccountTexts.Of(turn.Language).PerhapsSecret) with { Awaits = leftover };
}
