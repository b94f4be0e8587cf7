namespace MarketBot.Presentation.Bot.Accounts;

internal sealed class SignOutScreen(IMediator mediator) : IScreen<SignOutScreen>
{
    public static void Map(Routes<SignOutScreen> routes) => routes
        .For<SignOut>()
        .Command("sign_out", l => AccountTexts.Of(l).SignOutCommand, (screen, turn, ct) => screen.SignOut(turn, ct), place: int.MaxValue);

    private async Task<Reply> SignOut(Turn turn, CancellationToken ct)
    {
        var signedOut = await mediator.Send(new SignOut(), ct);
        return signedOut.Refusal is { } no
            ? Reply.Refuse(no)
            : HomeView.Render(Home.SignedOut, turn.Language, AccountTexts.Of(turn.Language).SignedOut);
    }
}
