namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>Draws the refusals of people who are banned, who have no way on, and of people who are not signed in, who are shown the way in.</summary>
internal sealed class AccessRefusalView : IRefusalView
{
    /// <inheritdoc />
    public Reply? Render(Refusal refusal, Html words, Role? role, Language language) =>
        refusal == AccessRefusals.Banned ? Reply.Screen(words, Keyboard.None)
        : refusal == AccessRefusals.SignInFirst ? HomeView.Render(Home.SignedOut, language, words)
        : null;
}
