using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Updates;
using MediatR;

namespace MarketBot.Presentation.Bot.Core;


/// <summary>Finds the one screen that answers: by the command's word, the button, or the awaited answer. Every route passes the gate.</summary>
internal sealed class Router(RouteTable routes, IServiceProvider services, IMediator mediator)
{
    /// <summary>Whether the message is the answer to a prompt for a secret.</summary>
    public bool HoldsSecret(Incoming incoming, Session session) =>
        incoming is IncomingMessage { IsContent: true } message && CommandOf(message) is null && routes.Answer(session.Awaited)?.Route.IsSecret == true;

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
        if (CommandOf(message) is { } command)
            return Run(command, null, turn, ct);
        if (routes.Answer(turn.Caller.Session.Awaited) is { } awaited)
            return message.Text is null ? AskForText(awaited.Route, turn) : Run(awaited.Route, awaited.Arguments, turn, ct);

        var words = CommonTexts.Of(turn.Language);
        return Home(turn, message.CommandWord is null ? words.UnexpectedText : words.UnknownCommand, ct);
    }

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
