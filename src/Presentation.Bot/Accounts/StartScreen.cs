namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>No text is asked for any more, but a secret was: whoever sends several keys, or a password twice, does not leave one in the chat.</summary>
internal sealed record AwaitLeftover : IAwaited;

internal sealed class StartScreen(IMediator mediator) : IScreen<StartScreen>, IHomeScreen
{
    /// <inheritdoc />
    public IButton Menu => new OpenMenu();

    /// <inheritdoc />
    public IButton Cancel => new CancelPress();

    public static void Map(Routes<StartScreen> routes) => routes
        .For<Start>()
        .Command("start", l => AccountTexts.Of(l).StartCommand, (screen, turn, ct) => screen.Open(turn, null, ct), place: 10).TakesKey()
        .SecretAnswer<AwaitLeftover>("leftover", (screen, leftover, turn, ct) => screen.Refuse(leftover, turn, ct)).IsLeftover();

    /// <inheritdoc />
    public async Task<Reply> Open(Turn turn, Html? notice, CancellationToken ct)
    {
        var home = await mediator.Send(new Start(), ct);
        return home.Refusal is { } no ? Reply.Refuse(no) : HomeView.Render(home.Value, turn.Language, notice);
    }

    private async Task<Reply> Refuse(AwaitLeftover leftover, Turn turn, CancellationToken ct) =>
        await Open(turn, CommonTexts.Of(turn.Language).PerhapsSecret, ct) with { Awaits = leftover };
}
