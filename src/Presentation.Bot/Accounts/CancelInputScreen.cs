namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>Ends the waiting for an answer, from a button.</summary>
internal sealed record CancelPress : IButton;

internal sealed class CancelInputScreen(IMediator mediator, RouteTable routes) : IScreen<CancelInputScreen>
{
    public static void Map(Routes<CancelInputScreen> routes) => routes
        .For<CancelInput>()
        .Command("cancel", l => AccountTexts.Of(l).CancelCommand, (screen, turn, ct) => screen.Cancel(turn, saysSo: true, ct), place: 85)
        .Button<CancelPress>("cancel", (screen, _, turn, ct) => screen.Cancel(turn, saysSo: false, ct));

    private async Task<Reply> Cancel(Turn turn, bool saysSo, CancellationToken ct)
    {
        var awaited = routes.Answer(turn.Caller.Session.Awaited);
        var isLeftover = awaited is { Arguments: AwaitLeftover };
        var cancelled = await mediator.Send(new CancelInput(), ct);
        if (cancelled.Refusal is { } no)
            return Reply.Refuse(no);

        var texts = AccountTexts.Of(turn.Language);
        Html? notice = !saysSo ? null : cancelled.Value.WasAwaited && !isLeftover ? texts.Cancelled : texts.NothingToCancel;
        return HomeView.Render(cancelled.Value.Home, turn.Language, notice);
    }
}
