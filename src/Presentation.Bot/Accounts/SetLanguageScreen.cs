namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>Leads to the choice of a language.</summary>
internal sealed record AskLanguage : IButton;

internal sealed record ChooseLanguage(Language Language) : IButton;

internal sealed class SetLanguageScreen(IMediator mediator) : IScreen<SetLanguageScreen>
{
    public static void Map(Routes<SetLanguageScreen> routes) => routes
        .For<SetLanguage>()
        .Command("language", l => AccountTexts.Of(l).Language, (_, turn, _) => Task.FromResult(Ask(turn.Language)), place: 90)
        .Button<AskLanguage>("language", (_, _, turn, _) => Task.FromResult(Ask(turn.Language)))
        .Button<ChooseLanguage>("speak", (screen, button, _, ct) => screen.Choose(button.Language, ct));

    internal static Reply Ask(Language language) => Reply.Screen(
        AccountTexts.Of(language).AskLanguage,
        Keyboard.Of(
            [.. LanguageChoice.All.Select(l => Button.For(l.OwnName(), new ChooseLanguage(l)))],
            [Button.For(CommonTexts.Of(language).Back, new CancelPress())]));

    private async Task<Reply> Choose(Language language, CancellationToken ct)
    {
        var chosen = await mediator.Send(new SetLanguage(language.Code()), ct);
        return chosen.Refusal is { } no
            ? Reply.Refuse(no)
            : HomeView.Render(chosen.Value, language) with { Toast = AccountTexts.Of(language).LanguageChosen };
    }
}
