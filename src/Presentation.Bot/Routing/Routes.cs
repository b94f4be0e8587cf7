using System.Collections.Frozen;
using System.Reflection;

namespace MarketBot.Presentation.Bot.Routing;

/// <summary>A screen: one per use case, found by scanning.</summary>
/// <typeparam name="TSelf">The screen itself.</typeparam>
internal interface IScreen<TSelf>
    where TSelf : class, IScreen<TSelf>
{
    /// <summary>Names the screen's routes.</summary>
    static abstract void Map(Routes<TSelf> routes);
}

/// <summary>The answer to one kind of a person's action.</summary>
/// <param name="Name">The command's word, or the route's name in callback data or awaited answers.</param>
/// <param name="Request">The request whose access rule guards the route.</param>
/// <param name="Arguments">The record a button or awaited answer is; null for a command.</param>
/// <param name="Run">Resolves the screen and runs it.</param>
internal sealed record Route(string Name, Type Request, Type? Arguments, Func<IServiceProvider, object?, Turn, CancellationToken, Task<Reply>> Run)
{
    /// <summary>The place of commands that name none.</summary>
    public const int UsualPlace = 50;

    /// <summary>True when the route's request changes data: it runs however late it comes.</summary>
    public bool ChangesState { get; } = Request.IsAssignableTo(typeof(IChangesState));

    /// <summary>The description of a command in /help and in the command menu.</summary>
    public Func<Language, Plain>? Description { get; init; }

    /// <summary>The place of a command in /help and the command menu: smaller places come first, commands of one place by name.</summary>
    public int Place { get; init; }

    /// <summary>True when the text is a secret: its message is deleted, also when the request is refused.</summary>
    public bool IsSecret { get; init; }

    /// <summary>True when the route also takes a key that a stranger sends without being asked.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>True when no question is open any more, but a late answer to an earlier question may still be a secret.</summary>
    public bool IsLeftover { get; init; }

    /// <summary>True when a key may stand behind the command's word (Bot API: deep links, <c>/start parameter</c>).</summary>
    public bool TakesKey { get; init; }
}

/// <summary>Collects the routes of one screen.</summary>
/// <typeparam name="TScreen">The screen.</typeparam>
internal sealed class Routes<TScreen>
    where TScreen : class, IScreen<TScreen>
{
    private readonly List<(RouteKind Kind, Route Route)> _routes = [];
    private Type? _request;

    internal IReadOnlyList<(RouteKind Kind, Route Route)> All => _routes;

    /// <summary>The routes that follow have the access rule of this request, prompts included.</summary>
    public Routes<TScreen> For<TRequest>()
    {
        _request = typeof(TRequest);
        return this;
    }

    /// <summary>A command such as <c>/help</c>.</summary>
    /// <param name="word">The command without its slash.</param>
    /// <param name="description">The purpose, in a few words.</param>
    /// <param name="run">Answers it.</param>
    /// <param name="place">Its place in /help and the command menu; without one it stands between the menu and help.</param>
    public Routes<TScreen> Command(
        string word, Func<Language, Plain> description, Func<TScreen, Turn, CancellationToken, Task<Reply>> run, int place = Route.UsualPlace)
    {
        var route = Make(word, null, (screen, _, turn, ct) => run(screen, turn, ct));
        _routes.Add((RouteKind.Command, route with { Description = description, Place = place }));
        return this;
    }

    public Routes<TScreen> Button<TButton>(string route, Func<TScreen, TButton, Turn, CancellationToken, Task<Reply>> run)
        where TButton : IButton
    {
        _routes.Add((RouteKind.Button, Make(route, typeof(TButton), (screen, button, turn, ct) => run(screen, (TButton)button!, turn, ct))));
        return this;
    }

    /// <summary>A text that was asked for.</summary>
    public Routes<TScreen> Answer<TAwaited>(string route, Func<TScreen, TAwaited, Turn, CancellationToken, Task<Reply>> run)
        where TAwaited : IAwaited
    {
        _routes.Add((RouteKind.Answer, Make(route, typeof(TAwaited), (screen, awaited, turn, ct) => run(screen, (TAwaited)awaited!, turn, ct))));
        return this;
    }

    /// <summary>A secret that was asked for: its message is deleted.</summary>
    public Routes<TScreen> SecretAnswer<TAwaited>(string route, Func<TScreen, TAwaited, Turn, CancellationToken, Task<Reply>> run)
        where TAwaited : IAwaited
    {
        Answer(route, run);
        return Change(made => made with { IsSecret = true });
    }

    /// <summary>The answer before is also what a stranger sends who was not asked for a key.</summary>
    public Routes<TScreen> AlsoUnasked() => Change(route => route with { IsUnasked = true });

    /// <summary>The answer before is to no question: it hides what may still be a secret after the question for one is over.</summary>
    public Routes<TScreen> IsLeftover() => Change(route => route with { IsLeftover = true });

    /// <summary>A key may stand behind the word of the command before.</summary>
    public Routes<TScreen> TakesKey() => Change(route => route with { TakesKey = true });

    private Routes<TScreen> Change(Func<Route, Route> change)
    {
        _routes[^1] = (_routes[^1].Kind, change(_routes[^1].Route));
        return this;
    }

    private Route Make(string name, Type? arguments, Func<TScreen, object?, Turn, CancellationToken, Task<Reply>> run) => new(
        name,
        _request ?? throw new InvalidOperationException($"{typeof(TScreen).Name} maps {name} before it says For which request."),
        arguments,
        (services, record, turn, ct) => run(services.GetRequiredService<TScreen>(), record, turn, ct));
}

internal enum RouteKind
{
    Command,
    Button,
    Answer,
}

/// <summary>Every route of the bot.</summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, Route> _commands;
    private readonly FrozenDictionary<Type, Route> _byArguments;
    private readonly ArgumentCodec _buttons;
    private readonly ArgumentCodec _answers;

    /// <summary>The table of the given routes.</summary>
    /// <exception cref="InvalidOperationException">Two routes collide, or a button can outgrow its 64 bytes: the message says which.</exception>
    public RouteTable(IReadOnlyList<(RouteKind Kind, Route Route)> routes)
    {
        if (routes.GroupBy(r => (r.Kind, r.Route.Name)).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two screens share the {twice.Key.Kind} route '{twice.Key.Name}'.");
        foreach (var (_, route) in routes.Where(r => r.Kind == RouteKind.Button))
        {
            if (ArgumentCodec.LongestOf(route.Name, route.Arguments!) is > ArgumentCodec.MostBytes and var bytes)
                throw new InvalidOperationException($"The button {route.Arguments!.Name} can need {bytes} bytes, {ArgumentCodec.MostBytes} are allowed.");
        }

        Commands = [.. routes.Where(r => r.Kind == RouteKind.Command).Select(r => r.Route).OrderBy(r => r.Place).ThenBy(r => r.Name, StringComparer.Ordinal)];
        All = routes;
        _commands = Commands.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);
        _byArguments = routes.Where(r => r.Route.Arguments is not null).ToFrozenDictionary(r => r.Route.Arguments!, r => r.Route);
        _buttons = CodecOf(RouteKind.Button);
        _answers = CodecOf(RouteKind.Answer);
        Unasked = routes.SingleOrDefault(r => r.Route.IsUnasked).Route is { } unasked ? (unasked, Activator.CreateInstance(unasked.Arguments!)!) : null;
        Leftover = routes.SingleOrDefault(r => r.Route.IsLeftover).Route is { } leftover ? (IAwaited)Activator.CreateInstance(leftover.Arguments!)! : null;
    }

    /// <summary>The commands, in the order people read them.</summary>
    public IReadOnlyList<Route> Commands { get; }

    /// <summary>Everything.</summary>
    public IReadOnlyList<(RouteKind Kind, Route Route)> All { get; }

    /// <summary>The route for a key that a stranger sends without being asked, with the record of its prompt.</summary>
    public (Route Route, object Arguments)? Unasked { get; }

    /// <summary>The record that is awaited after a question for a secret is over; null where no screen asks for a secret.</summary>
    public IAwaited? Leftover { get; }

    /// <summary>Every screen's routes of an assembly.</summary>
    public static RouteTable Scan(Assembly assembly) => new([.. ScreensOf(assembly).SelectMany(RoutesOf)]);

    /// <summary>Every screen of an assembly.</summary>
    public static IEnumerable<Type> ScreensOf(Assembly assembly) => assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false }
            && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IScreen<>)));

    /// <summary>The route of a command's word; null when there is none.</summary>
    public Route? Command(string word) => _commands.GetValueOrDefault(word);

    /// <summary>The route of callback data, and what the data says; null when it is out of date or was never ours.</summary>
    public (Route Route, object Arguments)? Button(string? data) => Find(_buttons, data);

    /// <summary>The route of an awaited answer, and what was awaited; null when nothing is.</summary>
    public (Route Route, object Arguments)? Answer(string? awaited) => Find(_answers, awaited);

    /// <summary>A button's callback data.</summary>
    public string Write(IButton button) => _buttons.Write(button);

    /// <summary>An awaited answer as the session keeps it.</summary>
    public string Write(IAwaited awaited) => _answers.Write(awaited);

    /// <summary>The commands that people of a role, or of none, may send.</summary>
    public IEnumerable<Route> CommandsFor(Role? role, bool isActive) => Commands.Where(c => AccessGate.WhyNot(c.Request, role, isActive) is null);

    private (Route, object)? Find(ArgumentCodec codec, string? data) => codec.Read(data) is { } record ? (_byArguments[record.GetType()], record) : null;

    private ArgumentCodec CodecOf(RouteKind kind) => new(All.Where(r => r.Kind == kind).Select(r => (r.Route.Name, r.Route.Arguments!)));

    private static IEnumerable<(RouteKind Kind, Route Route)> RoutesOf(Type screen) =>
        (IEnumerable<(RouteKind Kind, Route Route)>)typeof(RouteTable)
            .GetMethod(nameof(MapOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(screen).Invoke(null, null)!;

    private static IReadOnlyList<(RouteKind Kind, Route Route)> MapOf<TScreen>()
        where TScreen : class, IScreen<TScreen>
    {
        var routes = new Routes<TScreen>();
        TScreen.Map(routes);
        return routes.All;
    }
}
