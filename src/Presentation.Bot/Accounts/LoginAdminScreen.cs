using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Core;
using MediatR;

namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>The role of an administrator was chosen, or another username is to be tried.</summary>
internal sealed record AskUsername : IButton;

/// <summary>The next text is a username.</summary>
internal sealed record AwaitUsername : IAwaited;

/// <summary>The next text is the password of that account.</summary>
internal sealed record AwaitPassword(string Username) : IAwaited;

internal sealed class LoginAdminScreen(IMediator mediator) : IScreen<LoginAdminScreen>
{
    public static void Map(Routes<LoginAdminScreen> routes) => routes
        .For<LoginAdmin>()
        .Button<AskUsername>("admin", (_, _, turn, _) => Task.FromResult(Ask(turn.Language)))
        .Answer<AwaitUsername>("admin_name", (_, _, turn, _) => Task.FromResult(TakeUsername(turn.Text!, turn.Language)))
        .SecretAnswer<AwaitPassword>("admin_password", (screen, awaited, turn, ct) => screen.Login(awaited.Username, turn, ct));

    internal static Reply Ask(Language language, Html? why = null)
    {
        var ask = AccountTexts.Of(language).AskUsername;
        return Reply.Screen(why ?? ask, Keyboard.Of([Button.For(CommonTexts.Of(language).Cancel, new CancelPress())])) with { Awaits = new AwaitUsername() };
    }

    internal static Reply TakeUsername(string text, Language language)
    {
        var username = Username.Parse(text);
        return username.Refusal is { } no ? Ask(language, CommonTexts.Of(language).Say(no)) : AskPassword(username.Value, language);
    }

    private static Reply AskPassword(string username, Language language, Html? why = null)
    {
        var texts = AccountTexts.Of(language);
        var ask = texts.AskPassword(username);
        return Reply.Screen(
            why is { } above ? Html.Paragraphs(above, ask) : ask,
            Keyboard.Of([Button.For(texts.OtherUsername, new AskUsername())], [Button.For(CommonTexts.Of(language).Cancel, new CancelPress())])) with
        {
            Awaits = new AwaitPassword(username),
        };
    }

    private async Task<Reply> Login(string username, Turn turn, CancellationToken ct)
    {
        var home = await mediator.Send(new LoginAdmin(username, new Secret(turn.Text!)), ct);
        if (home.Refusal is { } no)
            return no.MayBeTriedAgain() ? AskPassword(username, turn.Language, CommonTexts.Of(turn.Language).Say(no)) : Reply.Refuse(no);

        return HomeView.Render(home.Value, turn.Language, AccountTexts.Of(turn.Language).LoggedIn) with { RefreshesCommands = true, Awaits = new AwaitLeftover() };
    }
}
