namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>The role of a seller was chosen.</summary>
internal sealed record AskRegistrationKey : IButton;

/// <summary>The next text is the key to register with.</summary>
internal sealed record AwaitRegistrationKey : IAwaited;

internal sealed class RegisterSellerScreen(IMediator mediator) : IScreen<RegisterSellerScreen>
{
    public static void Map(Routes<RegisterSellerScreen> routes) => routes
        .For<RegisterSeller>()
        .Button<AskRegistrationKey>("seller", (_, _, turn, _) => Task.FromResult(Ask(turn.Language)))
        .SecretAnswer<AwaitRegistrationKey>("seller_key", (screen, _, turn, ct) => screen.Register(turn, ct)).AlsoUnasked();

    internal static Reply Ask(Language language, Html? why = null) =>
        PromptView.Render(AccountTexts.Of(language).AskKey, why, new CancelPress(), new AwaitRegistrationKey(), language);

    private async Task<Reply> Register(Turn turn, CancellationToken ct)
    {
        var registered = await mediator.Send(new RegisterSeller(new Secret(turn.Text!)), ct);
        if (registered.Refusal is { } no)
            return no.MayBeTriedAgain(ShopRefusals.KeyNotRecognised, ShopRefusals.KeyShared)
                ? Ask(turn.Language, Words.Of(turn.Language).Say(no)) : Reply.Refuse(no);

        return HomeView.Render(registered.Value.Home, turn.Language, AccountTexts.Of(turn.Language).Registered(registered.Value.ShopName)) with
        {
            Awaits = new AwaitLeftover(),
        };
    }
}
