using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
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
    public void Commands_stand_by_place_and_those_of_one_place_by_name()
    {
        var table = new RouteTable(RoutesOf<Places>());

        Assert.Equal(["first", "another", "usual", "last"], table.Commands.Select(c => c.Name));
    }

    [Fact]
    public void To_start_comes_first_and_to_sign_out_last() => Assert.Equal(("start", "sign_out"), (Routes.Commands[0].Name, Routes.Commands[^1].Name));

    [Fact]
    public void Every_command_is_described_in_both_languages() =>
        Assert.All(Routes.Commands, c => Assert.All(LanguageChoice.All, l => Assert.InRange(c.Description!(l).Text.Length, 1, 256)));

    [Theory]
    [InlineData(null, true)]
    [InlineData(Role.Seller, true)]
    [InlineData(Role.Seller, false)]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Admin, false)]
    public void Everybody_is_offered_exactly_the_commands_that_the_gate_lets_them_send(Role? role, bool isActive)
    {
        var caller = Shown.CallerOf(role, active: isActive);

        var offered = Routes.CommandsFor(role, isActive);

        Assert.Equal(Routes.Commands.Where(c => AccessGate.WhyNot(c.Request, caller) is null), offered);
        Assert.Contains(offered, c => c.Name == "help");
        Assert.Equal(role is not null, offered.Any(c => c.Name == "sign_out"));
    }

    [Fact]
    public void Without_a_running_subscription_nobody_is_offered_what_needs_one()
    {
        var table = new RouteTable(RoutesOf<ForSubscribers>());

        Assert.Empty(table.CommandsFor(Role.Seller, isActive: false));
        Assert.Single(table.CommandsFor(Role.Seller, isActive: true));
    }

    [Fact]
    public void Every_route_is_guarded_by_a_request_with_a_rule() =>
        Assert.All(Routes.All, r => Assert.NotEmpty(r.Route.Request.GetCustomAttributes(typeof(AllowAttribute), false)));

    [Fact]
    public void Exactly_the_answers_that_lead_to_a_request_with_a_secret_are_secret_and_what_may_be_left_of_one() =>
        Assert.All(
            Routes.All.Where(r => r.Kind == RouteKind.Answer),
            r => Assert.Equal(r.Route.IsLeftover || r.Route.Request.GetProperties().Any(p => p.PropertyType == typeof(Secret)), r.Route.IsSecret));

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
            r => Assert.DoesNotContain(
                r.Route.Arguments!.GetProperties(),
                p => p.Name.Contains("Password", StringComparison.Ordinal) || p.Name.Contains("Key", StringComparison.Ordinal)));

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

    private sealed class Places : IScreen<Places>
    {
        public static void Map(Routes<Places> routes) => routes.For<Start>()
            .Command("last", _ => "x", (_, _, _) => Nothing, place: int.MaxValue)
            .Command("usual", _ => "x", (_, _, _) => Nothing)
            .Command("first", _ => "x", (_, _, _) => Nothing, place: 1)
            .Command("another", _ => "x", (_, _, _) => Nothing);
    }

    private sealed class ForSubscribers : IScreen<ForSubscribers>
    {
        public static void Map(Routes<ForSubscribers> routes) => routes.For<ListShops>().Command("shops", _ => "x", (_, _, _) => Nothing);
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
