using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.Accounts;
using MediatR;

namespace MarketBot.Presentation.Bot.Core;

/// <summary>What of a message must not stay in the chat.</summary>
/// <param name="IsThere">Whether the message is to be deleted.</param>
/// <param name="Key">The part that has a key's shape and that nobody asked for; null: none.</param>
internal readonly record struct HeldSecret(bool IsThere, string? Key)
{
    /// <summary>Nothing of it is a secret.</summary>
    public static HeldSecret None => default;
}

/// <summary>Finds the one screen that answers: by the command's word, the button, or the awaited answer. Every route passes the gate.</summary>
internal sealed class Router(RouteTable routes, IServiceProvider services, IMediator mediator)
{
    /// <summary>
    /// Finds the secret in a message: everything that is sent at a prompt for one, and a text of a key's shape wherever it is sent, behind a
    /// command or below a picture, too. Whoever may not even ask for a key's shape is taken to have sent one.
    /// </summary>
    public async Task<HeldSecret> SecretOf(Incoming incoming, Session session, CancellationToken ct)
    {
        if (incoming is not IncomingMessage { IsContent: true } message)
            return HeldSecret.None;

        var command = CommandOf(message);
        var prompt = command is null ? routes.Answer(session.Awaited) : null;
        if (prompt is { Route.IsSecret: true, Arguments: not AwaitLeftover })
            return new HeldSecret(IsThere: true, Key: null);

        var key = message.OnlyWord is { } word && (command is null || word[0] != '/') && await HasKeysShape(word, ct) ? word : null;
        return new HeldSecret(key is not null || prompt?.Route.IsSecret == true, key);
    }

    /// <summary>Answers.</summary>
    public async Task<Reply> Answer(Incoming incoming, Turn turn, CancellationToken ct)
    {
        var reply = await (incoming switch
        {
            IncomingMessage { IsContent: false } => Task.FromResult(Reply.Silence),
            IncomingMessage message => Answer(message, turn, ct),
            IncomingPress { Data: var data } => routes.Button(data) is { } button ? Run(button.Route, button.Arguments, turn, ct) : OutdatedButton(turn, ct),
            _ => Task.FromResult(Reply.Silence),
        });
        return reply.Refusal is { } refusal ? RefusalView.Render(refusal, turn) : reply;
    }

    private Task<Reply> Answer(IncomingMessage message, Turn turn, CancellationToken ct)
    {
        var command = CommandOf(message);
        var awaited = routes.Answer(turn.Caller.Session.Awaited);
        var words = CommonTexts.Of(turn.Language);
        if (turn.Key is { } key && (command is null ? awaited is null or { Arguments: AwaitLeftover } : command.TakesKey))
        {
            return turn.Caller.IsSignedIn || routes.Unasked is not { } unasked
                ? Home(turn, AccountTexts.Of(turn.Language).PerhapsSecret, ct)
                : Run(unasked.Route, unasked.Arguments, turn with { Text = key }, ct);
        }

        if (command is not null)
            return Run(command, null, turn, ct);
        if (awaited is { } prompt)
            return message.Text is null ? AskForText(prompt.Route, turn) : Run(prompt.Route, prompt.Arguments, turn, ct);
        return Home(turn, message.CommandWord is null ? words.UnexpectedText : words.UnknownCommand, ct);
    }

    private async Task<bool> HasKeysShape(string word, CancellationToken ct) =>
        KeyShape.MayBe(word) && await mediator.Send(new RecogniseKey(new Secret(word)), ct) is var known && (known.Refusal is not null || known.Value);

    private Route? CommandOf(IncomingMessage message) => message.CommandWord is { } word ? routes.Command(word) : null;

    private async Task<Reply> Run(Route route, object? arguments, Turn turn, CancellationToken ct) =>
        AccessGate.WhyNot(route.Request, turn.Caller) is { } refusal ? Reply.Refuse(refusal) : await route.Run(services, arguments, turn, ct);

    private static Task<Reply> AskForText(Route route, Turn turn) => Task.FromResult(
        AccessGate.WhyNot(route.Request, turn.Caller) is { } refusal
            ? Reply.Refuse(refusal)
            : Reply.Screen(
                CommonTexts.Of(turn.Language).OnlyText,
                Keyboard.Of([Button.For(CommonTexts.Of(turn.Language).Cancel, new CancelPress())])) with
            { KeepsAwaiting = true });

    private async Task<Reply> OutdatedButton(Turn turn, CancellationToken ct) =>
        await Home(turn, null, ct) with { Toast = CommonTexts.Of(turn.Language).OutdatedButton };

    private async Task<Reply> Home(Turn turn, Html? notice, CancellationToken ct)
    {
        var home = await mediator.Send(new Start(), ct);
        return home.Refusal is { } refusal ? Reply.Refuse(refusal) : HomeView.Render(home.Value, turn.Language, notice);
    }
}
