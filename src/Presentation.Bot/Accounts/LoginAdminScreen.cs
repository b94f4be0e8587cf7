namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>The role of an administrator was chosen, or another username is to be tried.</summary>
internal sealed record AskUsername : IButton;

/// <summary>The next text is a username, perhaps with the password behind it.</summary>
internal sealed record AwaitUsername : IAwaited;

/// <summary>The next text is the password.</summary>
/// <param name="Username">The text that was sent as the username. It may hold a password, so the session stores it encrypted and no screen repeats it.</param>
internal sealed record AwaitPassword(string Username) : IAwaited;

internal sealed class LoginAdminScreen(IMediator mediator) : IScreen<LoginAdminScreen>
{
    /// <summary>
    /// The largest username that is stored until the password comes, in bytes of UTF-8: 150 letters of every common script. Written into an awaited answer and
    /// encrypted it is five times as long, and the column has 2048.
    /// </summary>
    private const int MostRemembered = 450;

    private static readonly Refusal[] OfInput =
        [AccountRefusals.LoginFailed, AccountRefusals.PasswordOutdated, AccountRefusals.PasswordUncheckable];

    public static void Map(Routes<LoginAdminScreen> routes) => routes
        .For<LoginAdmin>()
        .Button<AskUsername>("admin", (_, _, turn, _) => Task.FromResult(Ask(turn.Language)))
        .SecretAnswer<AwaitUsername>("admin_name", (screen, _, turn, ct) => screen.TakeUsername(turn, ct))
        .SecretAnswer<AwaitPassword>("admin_password", (screen, awaited, turn, ct) => screen.Login(awaited.Username, turn, ct));

    internal static Reply Ask(Language language, Html? why = null)
    {
        var ask = AccountTexts.Of(language).AskUsername;
        return Reply.Screen(why ?? ask, Keyboard.Of([Button.For(CommonTexts.Of(language).Cancel, new CancelPress())])) with { Awaits = new AwaitUsername() };
    }

    internal static Reply AskPassword(string username, Language language, Html? why = null)
    {
        var texts = AccountTexts.Of(language);
        var ask = texts.AskPassword;
        return Reply.Screen(
            why is { } above ? Html.Paragraphs(above, ask) : ask,
            Keyboard.Of([Button.For(texts.OtherUsername, new AskUsername())], [Button.For(CommonTexts.Of(language).Cancel, new CancelPress())])) with
        {
            Awaits = new AwaitPassword(username),
        };
    }

    /// <summary>A name alone asks for the password; a name with a password behind it, on one line or on two, logs in.</summary>
    private async Task<Reply> TakeUsername(Turn turn, CancellationToken ct)
    {
        var typed = turn.Text!.Trim();
        var username = Username.Parse(typed);
        if (SplitAtBlank(typed) is var (name, password))
            return await Login(
                name, password,
                typed.Contains('\n', StringComparison.Ordinal) || username.Refusal is not null || !IsShort(username.Value) ? name : username.Value, turn, ct);

        var no = username.Refusal ?? (IsShort(username.Value) ? null : AccountRefusals.UsernameInvalid);
        return no is not null ? Ask(turn.Language, Words.Of(turn.Language).Say(no)) : AskPassword(username.Value, turn.Language);
    }

    private static bool IsShort(string name) => Encoding.UTF8.GetByteCount(name) <= MostRemembered;

    /// <summary>A username with a blank in it is rare; whoever has one writes the password on a line of its own.</summary>
    private static (string Name, string Password)? SplitAtBlank(string typed)
    {
        var end = typed.IndexOf('\n', StringComparison.Ordinal) is > 0 and var line ? line : typed.AsSpan().IndexOfAny(' ', '\t');
        return end > 0 ? (typed[..end].Trim(), typed[(end + 1)..].Trim()) : null;
    }

    private Task<Reply> Login(string username, Turn turn, CancellationToken ct) => Login(username, turn.Text!, username, turn, ct);

    private async Task<Reply> Login(string username, string password, string remembered, Turn turn, CancellationToken ct)
    {
        var home = await mediator.Send(new LoginAdmin(username, new Secret(password)), ct);
        if (home.Refusal is { } no)
        {
            var why = Words.Of(turn.Language).Say(no);
            return no == AccountRefusals.UsernameInvalid || !IsShort(remembered) ? Ask(turn.Language, why) : no.MayBeTriedAgain(OfInput)
                ? AskPassword(remembered, turn.Language, why) : Reply.Refuse(no);
        }

        return HomeView.Render(home.Value, turn.Language, AccountTexts.Of(turn.Language).LoggedIn) with { Awaits = new AwaitLeftover() };
    }
}
