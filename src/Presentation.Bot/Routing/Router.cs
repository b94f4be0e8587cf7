namespace MarketBot.Presentation.Bot.Routing;

/// <summary>The secret in a message, because of which the message must not stay in the chat.</summary>
/// <param name="IsThere">True when the message must be deleted.</param>
/// <param name="Key">The part that has a key's shape and that nobody asked for; null: none.</param>
internal readonly record struct HeldSecret(bool IsThere, string? Key)
{
    /// <summary>A message without a secret.</summary>
    public static HeldSecret None => default;
}

/// <summary>Finds the one screen that answers: by the command's word, the button, or the awaited answer. Every route passes the gate.</summary>
internal sealed class Router(
    RouteTable routes, IServiceProvider services, IHomeScreen home, IEnumerable<ISecretShape> secretShapes, IEnumerable<IRefusalView> refusalViews)
{
    /// <summary>
    /// Finds the secret in a message: everything that is sent at a prompt for one, and a text of a key's shape wherever it is sent, behind a command or below a
    /// picture, too. Whoever may not even ask for a key's shape is taken to have sent one.
    /// </summary>
    public async Task<HeldSecret> SecretOf(Incoming incoming, Session session, CancellationToken ct)
    {
        if (incoming is not IncomingMessage { IsContent: true } message)
            return HeldSecret.None;

        var command = CommandOf(message);
        var prompt = command is null ? routes.Answer(session.Awaited) : null;
        if (prompt is { Route.IsSecret: true, Route.IsLeftover: false })
            return new HeldSecret(IsThere: true, Key: null);

        var key = message.OnlyWord is { } word && (command is null || word[0] != '/') && await HasSecretsShape(word, ct) ? word : null;
        return new HeldSecret(key is not null || prompt?.Route.IsSecret == true, key);
    }

    public async Task<Reply> Answer(Incoming incoming, Turn turn, CancellationToken ct)
    {
        var reply = await (incoming switch
        {
            IncomingMessage { IsContent: false } => Task.FromResult(Reply.Silence),
            IncomingMessage message => Answer(message, turn, ct),
            IncomingPress { Data: var data } => routes.Button(data) is { } button ? Run(button.Route, button.Arguments, turn, ct) : OutdatedButton(turn, ct),
            _ => Task.FromResult(Reply.Silence),
        });
        return reply.Refusal is { } refusal ? Show(refusal, turn) : reply;
    }

    private Task<Reply> Answer(IncomingMessage message, Turn turn, CancellationToken ct)
    {
        var command = CommandOf(message);
        var awaited = routes.Answer(turn.Caller.Session.Awaited);
        var words = CommonTexts.Of(turn.Language);
        if (turn.Key is { } key && (command is null ? awaited is null or { Route.IsLeftover: true } : command.TakesKey))
        {
            return turn.Caller.IsSignedIn || routes.Unasked is not { } unasked
                ? home.Open(turn, words.PerhapsSecret, ct)
                : Run(unasked.Route, unasked.Arguments, turn with { Text = key }, ct);
        }

        if (command is not null)
            return Run(command, null, turn, ct);
        if (awaited is { } prompt)
            return message.Text is null ? AskForText(prompt.Route, turn) : Run(prompt.Route, prompt.Arguments, turn, ct);
        return home.Open(turn, message.CommandWord is null ? words.UnexpectedText : words.UnknownCommand, ct);
    }

    private async Task<bool> HasSecretsShape(string word, CancellationToken ct)
    {
        foreach (var shape in secretShapes)
        {
            if (await shape.Fits(word, ct))
                return true;
        }

        return false;
    }

    private Reply Show(Refusal refusal, Turn turn)
    {
        var words = Words.Of(turn.Language).Say(refusal);
        return refusalViews.Select(view => view.Render(refusal, words, turn.Role, turn.Language)).FirstOrDefault(screen => screen is not null)
            ?? Reply.Screen(words, Keyboard.Of([Button.For(CommonTexts.Of(turn.Language).Menu, home.Menu)]));
    }

    private Route? CommandOf(IncomingMessage message) => message.CommandWord is { } word ? routes.Command(word) : null;

    private async Task<Reply> Run(Route route, object? arguments, Turn turn, CancellationToken ct) =>
        AccessGate.WhyNot(route.Request, turn.Caller) is { } refusal ? Reply.Refuse(refusal) : await route.Run(services, arguments, turn, ct);

    private Task<Reply> AskForText(Route route, Turn turn) => Task.FromResult(
        AccessGate.WhyNot(route.Request, turn.Caller) is { } refusal
            ? Reply.Refuse(refusal)
            : Reply.Screen(
                CommonTexts.Of(turn.Language).OnlyText,
                Keyboard.Of([Button.For(CommonTexts.Of(turn.Language).Cancel, home.Cancel)])) with
            { KeepsAwaiting = true });

    private async Task<Reply> OutdatedButton(Turn turn, CancellationToken ct) =>
        await home.Open(turn, null, ct) with { Toast = CommonTexts.Of(turn.Language).OutdatedButton };
}
