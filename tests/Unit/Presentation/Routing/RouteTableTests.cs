using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;

namespace MarketBot.Tests.Unit.Presentation.Routing;

public class RouteTableTests
{
    private static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);

    private static IReadOnlyList<(RouteKind, Route)> RoutesOf<TScreen>()
        where TScreen : class, IScreen<TScreen>
    {
        var routes = new Routes<TScreen>();
        TScreen.Map(routes);
        return routes.All;
    }

    [Fact]
    public void Commands_stand_in_the_order_people_read_them() =>
        Assert.Equal(["start", "menu", "help", "cancel", "language", "sign_out"], Routes.Commands.Select(c => c.Name));

    [Fact]
    public void Every_command_is_described_in_both_languages() =>
        Assert.All(Routes.Commands, c => Assert.All(LanguageChoice.All, l => Assert.InRange(c.Description!(l).Length, 1, 256)));

    [Fact]
    public void Everybody_is_offered_the_commands_they_may_send()
    {
        Assert.Equal(["start", "help", "cancel", "language"], Routes.CommandsFor(Who.Stranger).Select(c => c.Name));
        Assert.Equal(["start", "menu", "help", "cancel", "language", "sign_out"], Routes.CommandsFor(Who.Seller).Select(c => c.Name));
        Assert.Equal(Routes.CommandsFor(Who.Seller), Routes.CommandsFor(Who.Admin));
    }

    [Fact]
    public void Every_route_is_guarded_by_a_request_with_a_rule() =>
        Assert.All(Routes.All, r => Assert.NotEmpty(r.Route.Request.GetCustomAttributes(typeof(AllowAttribute), false)));

    [Fact]
    public void Exactly_the_answers_that_hold_keys_and_passwords_are_secret() =>
        Assert.Equal(["add_key", "admin_name", "admin_password", "leftover", "seller_key"], Routes.All.Where(r => r.Route.IsSecret).Select(r => r.Route.Name).Order());

    [Fact]
    public void Every_button_and_awaited_record_has_a_route()
    {
        var records = typeof(RouteTable).Assembly.GetTypes().Where(t => t.IsClass && (t.IsAssignableTo(typeof(IButton)) || t.IsAssignableTo(typeof(IAwaited))));

        Assert.Equal(records.Select(r => r.Name).Order(), Routes.All.Select(r => r.Route.Arguments?.Name).OfType<string>().Order());
    }

    [Fact]
    public void No_awaited_record_is_meant_to_hold_a_secret() =>
        Assert.All(
            Routes.All.Where(r => r.Route.IsSecret),
            r => Assert.DoesNotContain(r.Route.Arguments!.GetProperties(), p => p.Name.Contains("Password", StringComparison.Ordinal) || p.Name.Contains("Key", StringComparison.Ordinal)));

    [Fact]
    public void Words_of_no_command_are_nobodys()
    {
        Assert.Null(Routes.Command("nothing"));
        Assert.Null(Routes.Command(""));
        Assert.Null(Routes.Command("HELP"));
    }

    [Fact]
    public void Two_screens_that_share_a_route_stop_the_start_with_a_clear_line()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new RouteTable([.. RoutesOf<First>(), .. RoutesOf<Second>()]));

        Assert.Equal("Two screens share the Button route 'same'.", failure.Message);
    }

    [Fact]
    public void A_command_a_button_and_an_answer_may_have_one_name()
    {
        var table = new RouteTable([.. RoutesOf<AllKinds>()]);

        Assert.Equal(3, table.All.Count);
        Assert.Equal(new AwaitingIt(), table.Answer("same")?.Arguments);
        Assert.Equal(new FirstButton(), table.Button("same")?.Arguments);
    }

    [Fact]
    public void A_button_that_can_outgrow_64_bytes_stops_the_start_with_a_clear_line()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new RouteTable(RoutesOf<TooLong>()));

        Assert.Equal("The button Long can need 68 bytes, 64 are allowed.", failure.Message);
    }

    [Fact]
    public void A_button_of_open_length_stops_the_start()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new RouteTable(RoutesOf<Open>()));

        Assert.Contains("OpenText", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_that_names_no_request_stops_the_start_with_a_clear_line()
    {
        var failure = Assert.Throws<InvalidOperationException>(RoutesOf<Unguarded>);

        Assert.Equal("Unguarded maps same before it says For which request.", failure.Message);
    }

    private static Task<Reply> Nothing => Task.FromResult(Reply.Silence);

    private sealed record FirstButton : IButton;

    private sealed record SecondButton : IButton;

    private sealed record AwaitingIt : IAwaited;

    private sealed record Long(ShopId A, ShopId B, ShopId C) : IButton;

    private sealed record OpenText(string Text) : IButton;

    private sealed class First : IScreen<First>
    {
        public static void Map(Routes<First> routes) => routes.For<Start>().Button<FirstButton>("same", (_, _, _, _) => Nothing);
    }

    private sealed class Second : IScreen<Second>
    {
        public static void Map(Routes<Second> routes) => routes.For<Start>().Button<SecondButton>("same", (_, _, _, _) => Nothing);
    }

    private sealed class AllKinds : IScreen<AllKinds>
    {
        public static void Map(Routes<AllKinds> routes) => routes.For<Start>()
            .Command("same", _ => "same", (_, _, _) => Nothing)
            .Button<FirstButton>("same", (_, _, _, _) => Nothing)
            .Answer<AwaitingIt>("same", (_, _, _, _) => Nothing);
    }

    private sealed class TooLong : IScreen<TooLong>
    {
        public static void Map(Routes<TooLong> routes) => routes.For<Start>().Button<Long>("eight_by", (_, _, _, _) => Nothing);
    }

    private sealed class Open : IScreen<Open>
    {
        public static void Map(Routes<Open> routes) => routes.For<Start>().Button<OpenText>("open", (_, _, _, _) => Nothing);
    }

    private sealed class Unguarded : IScreen<Unguarded>
    {
        public static void Map(Routes<Unguarded> routes) => routes.Button<FirstButton>("same", (_, _, _, _) => Nothing);
    }
}
