namespace MarketBot.Presentation.Bot.Accounts;

internal sealed record OpenHelp : IButton;

internal sealed class ShowHelpScreen(IMediator mediator, RouteTable routes) : IScreen<ShowHelpScreen>
{
    public static void Map(Routes<ShowHelpScreen> routes) => routes
        .For<ShowHelp>()
        .Command("help", l => AccountTexts.Of(l).Help, async (screen, turn, ct) => await screen.Open(turn, ct) with { KeepsAwaiting = true }, place: 80)
        .Button<OpenHelp>("help", (screen, _, turn, ct) => screen.Open(turn, ct));

    /// <summary>Help is made from the route table: it cannot name a command that does not exist.</summary>
    internal static Reply Render(Help help, IEnumerable<Route> commands, Language language)
    {
        var texts = AccountTexts.Of(language);
        var about = help.Home.Role switch
        {
            null => texts.HelpForStrangers,
            Role.Admin => texts.HelpForAdmins,
            _ => texts.HelpForSellers,
        };
        var list = Html.Lines(commands.Select(c => Html.Of($"/{c.Name} — {c.Description!(language)}")));
        Html[] paragraphs = help.SupportUsername.Length > 0 ? [about, list, texts.Support(help.SupportUsername)] : [about, list];
        var back = help.Home.Role is null ? (IButton)new CancelPress() : new OpenMenu();
        return Reply.Screen(Html.Paragraphs(paragraphs), Keyboard.Of([Button.For(CommonTexts.Of(language).Back, back)]));
    }

    private async Task<Reply> Open(Turn turn, CancellationToken ct)
    {
        var help = await mediator.Send(new ShowHelp(), ct);
        return help.Refusal is { } no
            ? Reply.Refuse(no)
            : Render(help.Value, routes.CommandsFor(help.Value.Home.Role, help.Value.Home.IsActive), turn.Language);
    }
}
