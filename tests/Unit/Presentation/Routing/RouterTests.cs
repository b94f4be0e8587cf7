using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Application.Subscriptions;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Shops;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace MarketBot.Tests.Unit.Presentation.Routing;

/// <summary>From what a person did to what they are shown, the application layer being a substitute.</summary>
public sealed class RouterTests : IDisposable
{
    private static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);
    private static readonly TelegramProfile Anna = new(new TelegramId(1001), "Anna");
    private static readonly ShopCard Card = new(new ShopId(17), "Nuts", "Forest", true, false, []);
    private static readonly ShopPage Page = new([new ShopRow(new ShopId(17), "Nuts", true)], 1, 1, false, false);
    private static readonly Home SellerHome = new(Role.Seller, true);

    private readonly IMediator _mediator = Substitute.For<IMediator>();
    private readonly ServiceProvider _services;
    private readonly Session _session = new(new TelegramId(1001));
    private Role? _role = Role.Seller;
    private bool _banned;
    private bool _active = true;

    public RouterTests()
    {
        _services = new ServiceCollection().AddSingleton(_mediator).AddScreens(typeof(RouteTable).Assembly).BuildServiceProvider();
        Answers<Start, Home>(SellerHome);
        Answers<RecogniseKey, bool>(false);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Router Router => _services.GetRequiredService<Router>();

    public void Dispose() => _services.Dispose();

    private void Answers<TRequest, T>(Result<T> answer)
        where TRequest : class, IRequest<Result<T>> => _mediator.Send(Arg.Any<TRequest>(), Arg.Any<CancellationToken>()).Returns(answer);

    private Task<Reply> Says(string? text, bool isContent = true) => Does(new IncomingMessage(77, Anna, 5, text, isContent), text);

    private Task<Reply> Presses(IButton button) => Does(new IncomingPress(77, Anna, "q", Routes.Write(button), 5), null);

    private async Task<Reply> Does(Incoming incoming, string? text)
    {
        var turn = new Turn(Shown.CallerOf(_role, _banned, _active, _session), Language.En, text) { Key = (await Router.SecretOf(incoming, _session, Ct)).Key };
        return await Router.Answer(incoming, turn, Ct);
    }

    private void Awaits(IAwaited awaited) => _session.Await(Routes.Write(awaited));

    [Fact]
    public async Task Commands_lead_to_their_screens()
    {
        Answers<ShowMenu, Home>(SellerHome);
        Answers<ShowHelp, Help>(new Help(SellerHome, "helper"));
        Answers<CancelInput, Cancelled>(new Cancelled(SellerHome, WasAwaited: true));
        _mediator.Send(Arg.Any<SignOut>(), Arg.Any<CancellationToken>()).Returns(Result.Done);

        Assert.StartsWith("Seller menu", Shown.Text(await Says("/start")), StringComparison.Ordinal);
        Assert.StartsWith("Seller menu", Shown.Text(await Says("/MENU@market_bot now")), StringComparison.Ordinal);
        Assert.Contains("/sign_out", Shown.Text(await Says("/help")), StringComparison.Ordinal);
        Assert.StartsWith("All right, cancelled.", Shown.Text(await Says("/cancel")), StringComparison.Ordinal);
        Assert.StartsWith("Which language", Shown.Text(await Says("/language")), StringComparison.Ordinal);
        Assert.StartsWith("You have signed out", Shown.Text(await Says("/sign_out")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_nothing_says_so_but_not_from_a_button()
    {
        Answers<CancelInput, Cancelled>(new Cancelled(SellerHome, WasAwaited: false));

        Assert.StartsWith("There is nothing to cancel", Shown.Text(await Says("/cancel")), StringComparison.Ordinal);
        Assert.StartsWith("Seller menu", Shown.Text(await Presses(new CancelPress())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_command_and_an_unexpected_text_are_answered_with_the_menu()
    {
        Assert.StartsWith("There is no such command", Shown.Text(await Says("/nothing")), StringComparison.Ordinal);
        Assert.StartsWith("There is no such command", Shown.Text(await Says("/ ")), StringComparison.Ordinal);
        Assert.StartsWith("I am not waiting for a text", Shown.Text(await Says("hello")), StringComparison.Ordinal);
        Assert.StartsWith("I am not waiting for a text", Shown.Text(await Says(null)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_of_Telegrams_are_passed_over_in_silence() => Assert.Equal(Reply.Silence, await Says(null, isContent: false));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("old_route:1")]
    public async Task An_outdated_button_says_so_and_draws_the_menu(string? data)
    {
        var reply = await Does(new IncomingPress(77, Anna, "q", data, 5), null);

        Assert.Equal("This button is out of date.", reply.Toast?.Text);
        Assert.StartsWith("Seller menu", Shown.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_arrow_at_the_edge_only_answers() => Assert.Equal(Reply.Answer(), await Presses(new NoFurther()));

    [Fact]
    public async Task Buttons_send_what_they_mean()
    {
        Answers<ListShops, ShopPage>(Page);
        Answers<ShowShop, ShopCard>(Card);
        Answers<ToggleShopActive, ShopCard>(Card);
        Answers<TogglePriceUpdating, ShopCard>(Card);
        Answers<ShowSubscription, SubscriptionState>(new SubscriptionState(true, ""));
        Answers<SetLanguage, Home>(SellerHome);

        await Presses(new OpenShops(ShopListPurpose.Open));
        await Presses(new TurnPage(ShopListPurpose.Open, ShopListFrom.After, new ShopId(50), 2, 7));
        await Presses(new OpenShop(new ShopId(17), new ShopId(10), 1, null));
        var switched = await Presses(new SwitchShop(new ShopId(17), true, new ShopId(10), 1, null));
        var prices = await Presses(new SwitchPrices(new ShopId(17), false, new ShopId(10), 1, null));
        await Presses(new MarketBot.Presentation.Bot.Subscriptions.OpenSubscription());
        var spoken = await Presses(new ChooseLanguage(Language.Ru));

        await _mediator.Received(1).Send(new ListShops(ShopListPlace.First), Ct);
        await _mediator.Received(1).Send(new ListShops(new ShopListPlace(ShopListFrom.After, new ShopId(50), 2), 7), Ct);
        await _mediator.Received(1).Send(new ShowShop(new ShopId(17)), Ct);
        await _mediator.Received(1).Send(new ToggleShopActive(new ShopId(17), true), Ct);
        await _mediator.Received(1).Send(new TogglePriceUpdating(new ShopId(17), false), Ct);
        await _mediator.Received(1).Send(new SetLanguage("ru"), Ct);
        Assert.Equal("“Nuts” is on.", switched.Toast?.Text);
        Assert.Equal("Price updating is off.", prices.Toast?.Text);
        Assert.Equal("Говорю по-русски.", spoken.Toast?.Text);
    }

    [Fact]
    public async Task Unlinking_asks_first_and_then_draws_the_page_one_came_from()
    {
        Answers<ShowShop, ShopCard>(Card);
        Answers<UnbindShop, string>("Nuts");
        Answers<ListShops, ShopPage>(Page);

        var asked = await Presses(new AskUnbind(new ShopId(17), new ShopId(10), 2, 7, FromCard: false));
        var done = await Presses(Shown.Press(asked, "Yes"));

        await _mediator.Received(1).Send(new UnbindShop(new ShopId(17)), Ct);
        await _mediator.Received(1).Send(new ListShops(new ShopListPlace(ShopListFrom.At, new ShopId(10), 2), 7), Ct);
        Assert.Equal("“Nuts” is unlinked.", done.Toast?.Text);
        Assert.StartsWith("Unlink a shop", Shown.Text(done), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_registers_and_leads_to_the_menu()
    {
        _role = null;
        Awaits(new AwaitRegistrationKey());
        Answers<RegisterSeller, Registered>(new Registered(SellerHome, "<Nuts>"));

        var reply = await Says("k-1");

        await _mediator.Received(1).Send(new RegisterSeller(new Secret("k-1")), Ct);
        Assert.StartsWith("✅ Done, the shop <Nuts> is yours.", Shown.Text(reply), StringComparison.Ordinal);
        Assert.Equal(new AwaitLeftover(), reply.Awaits);
    }

    [Fact]
    public async Task A_password_logs_in_with_the_username_that_was_given_before()
    {
        _role = null;
        Awaits(new AwaitPassword("Иван: admin"));
        Answers<LoginAdmin, Home>(new Home(Role.Admin, true));

        var reply = await Says("/not a command");

        await _mediator.Received(1).Send(new LoginAdmin("Иван: admin", new Secret("/not a command")), Ct);
        Assert.StartsWith("✅ You are logged in", Shown.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_binds_one_more_shop()
    {
        Awaits(new AwaitShopKey());
        Answers<BindShop, string>("Nuts");

        var reply = await Says("k-1");

        Assert.Equal("✅ The shop Nuts has been added. Have another one? Send its key.", Shown.Text(reply));
        Assert.Equal(new AwaitShopKey(), reply.Awaits);
        Assert.Equal(["My shops", "Add a shop", "Menu"], Shown.Labels(reply));
    }

    public static TheoryData<string, bool> RefusedSecrets => new()
    {
        { AccessRefusals.TooManyAttempts.Code, true },
        { AccessRefusals.Conflict.Code, true },
        { AccessRefusals.Banned.Code, false },
        { AccessRefusals.SignOutFirst.Code, false },
    };

    [Theory]
    [MemberData(nameof(RefusedSecrets))]
    public async Task After_a_wrong_secret_it_may_be_sent_again_at_once_unless_the_person_is_refused(string code, bool again)
    {
        var refusal = new Refusal(code, code == AccessRefusals.TooManyAttempts.Code ? TimeSpan.FromMinutes(9) : null);
        Answers<RegisterSeller, Registered>(refusal);
        Answers<LoginAdmin, Home>(refusal);
        Answers<BindShop, string>(refusal);
        (Role? Role, IAwaited Awaited)[] prompts = [(null, new AwaitRegistrationKey()), (null, new AwaitPassword("admin")), (Role.Seller, new AwaitShopKey())];

        foreach (var (role, awaited) in prompts)
        {
            _role = role;
            Awaits(awaited);
            var reply = await Says("wrong");

            Assert.Equal(again ? awaited : null, reply.Awaits);
            Assert.StartsWith(Shown.Text(Words.Of(Language.En).Say(refusal)), Shown.Text(reply), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task After_a_wrong_key_or_password_it_may_be_sent_again_at_once()
    {
        (Role? Role, IAwaited Awaited, Refusal Refusal)[] prompts =
        [
            .. from refusal in new[] { ShopRefusals.KeyNotRecognised, ShopRefusals.KeyShared }
            select ((Role?)null, (IAwaited)new AwaitRegistrationKey(), refusal),
            .. from refusal in new[] { ShopRefusals.KeyNotRecognised, ShopRefusals.KeyShared }
            select ((Role?)Role.Seller, (IAwaited)new AwaitShopKey(), refusal),
            .. from refusal in new[] { AccountRefusals.LoginFailed, AccountRefusals.PasswordOutdated, AccountRefusals.PasswordUncheckable }
               select ((Role?)null, (IAwaited)new AwaitPassword("admin"), refusal),
        ];

        foreach (var (role, awaited, refusal) in prompts)
        {
            Answers<RegisterSeller, Registered>(refusal);
            Answers<LoginAdmin, Home>(refusal);
            Answers<BindShop, string>(refusal);
            _role = role;
            Awaits(awaited);
            var reply = await Says("wrong");

            Assert.Equal(awaited, reply.Awaits);
            Assert.StartsWith(Shown.Text(Words.Of(Language.En).Say(refusal)), Shown.Text(reply), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData(" 3\n", 3)]
    [InlineData("0", 0)]
    [InlineData("-3", 0)]
    [InlineData("three", 0)]
    [InlineData("99999999999", 0)]
    [InlineData("1e1", 0)]
    [InlineData("", 0)]
    public async Task A_page_number_is_read_from_the_text(string typed, int page)
    {
        var awaited = new AwaitPage(ShopListPurpose.Open, new ShopId(10), 1, 5, 7);
        Awaits(awaited);
        Answers<JumpToShopPage, ShopPage>(page == 0 ? ShopRefusals.NoSuchPage : Page);

        var reply = await Says(typed);

        await _mediator.Received(1).Send(new JumpToShopPage(page, 7), Ct);
        Assert.Equal(page == 0 ? awaited : null, reply.Awaits);
    }

    [Fact]
    public async Task A_search_text_is_sought_and_a_wrong_one_asked_for_again()
    {
        Awaits(new AwaitSearch(ShopListPurpose.Unlink));
        Answers<SearchShops, ShopPage>(Page with { Search = new ShopSearch(1, "nuts", false) });

        var found = await Says("nuts");
        Answers<SearchShops, ShopPage>(ShopRefusals.SearchTextInvalid);
        var wrong = await Says(new string('a', 65));

        Assert.Equal(new AskUnbind(new ShopId(17), new ShopId(17), 1, 1, FromCard: false), Shown.Press(found, "✅ Nuts"));
        Assert.Equal(new AwaitSearch(ShopListPurpose.Unlink), wrong.Awaits);
    }

    [Fact]
    public async Task A_photo_where_a_text_is_awaited_is_asked_for_as_text()
    {
        Awaits(new AwaitShopKey());

        var reply = await Says(null);

        Assert.StartsWith("I only understand text", Shown.Text(reply), StringComparison.Ordinal);
        Assert.True(reply.KeepsAwaiting);
        Assert.Empty(_mediator.ReceivedCalls());
    }

    [Fact]
    public async Task Everything_that_is_sent_at_a_prompt_of_the_login_holds_a_secret()
    {
        async Task<bool> Holds(string? text, bool isContent = true) =>
            (await Router.SecretOf(new IncomingMessage(77, Anna, 5, text, isContent), _session, Ct)).IsThere;

        IAwaited[] prompts = [new AwaitUsername(), new AwaitPassword("admin"), new AwaitRegistrationKey(), new AwaitShopKey(), new AwaitLeftover()];
        foreach (var prompt in prompts)
        {
            Awaits(prompt);
            Assert.True(await Holds("admin"));
            Assert.True(await Holds("/pw"));
            Assert.True(await Holds(null));
            Assert.False(await Holds("/cancel"));
            Assert.False(await Holds(null, isContent: false));
        }

        Assert.False((await Router.SecretOf(new IncomingPress(77, Anna, "q", "menu", 5), _session, Ct)).IsThere);
    }

    [Theory]
    [InlineData("k-1", "k-1")]
    [InlineData(" k-1\n", "k-1")]
    [InlineData("/start k-1", "k-1")]
    [InlineData("/nothing k-1", "k-1")]
    [InlineData("my key is k-1", null)]
    [InlineData("спасибо", null)]
    [InlineData("Спасибо!", null)]
    [InlineData("👍", null)]
    [InlineData("/start", null)]
    public async Task A_text_of_a_keys_shape_holds_a_secret_where_nothing_is_asked_too(string text, string? key)
    {
        Answers<RecogniseKey, bool>(true);

        foreach (var prompt in new IAwaited?[] { null, new AwaitSearch(ShopListPurpose.Open), new AwaitPage(ShopListPurpose.Open, new ShopId(10), 1, 5, 7) })
        {
            _session.Await(prompt is null ? null : Routes.Write(prompt));
            Assert.Equal(new HeldSecret(key is not null, key), await Router.SecretOf(new IncomingMessage(77, Anna, 5, text, IsContent: true), _session, Ct));
            if (text != "/start")
                Assert.Equal(
                    new HeldSecret(key is not null, key),
                    await Router.SecretOf(new IncomingMessage(77, Anna, 5, null, IsContent: true, Caption: text), _session, Ct));
        }
    }

    [Fact]
    public async Task Whoever_may_not_even_be_told_what_a_key_looks_like_is_taken_to_have_sent_one()
    {
        Answers<RecogniseKey, bool>(AccessRefusals.Banned);

        Assert.True((await Router.SecretOf(new IncomingMessage(77, Anna, 5, "k-1", IsContent: true), _session, Ct)).IsThere);
        Assert.False((await Router.SecretOf(new IncomingMessage(77, Anna, 5, "hello", IsContent: true), _session, Ct)).IsThere);
    }

    [Theory]
    [InlineData("k-1")]
    [InlineData("/start k-1")]
    public async Task A_key_of_a_stranger_registers_without_a_prompt(string text)
    {
        _role = null;
        Answers<RecogniseKey, bool>(true);
        Answers<RegisterSeller, Registered>(new Registered(SellerHome, "<Nuts>"));

        var reply = await Says(text);

        await _mediator.Received(1).Send(new RegisterSeller(new Secret("k-1")), Ct);
        Assert.StartsWith("✅ Done, the shop <Nuts> is yours.", Shown.Text(reply), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k-1")]
    [InlineData("/start k-1")]
    public async Task A_key_of_somebody_who_is_signed_in_is_only_hidden(string text)
    {
        Answers<RecogniseKey, bool>(true);

        var reply = await Says(text);

        Assert.StartsWith("I am not waiting for a text right now. Perhaps it was a key", Shown.Text(reply), StringComparison.Ordinal);
        await _mediator.DidNotReceive().Send(Arg.Any<RegisterSeller>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_username_leads_to_the_question_for_its_password_and_is_not_repeated()
    {
        _role = null;
        Awaits(new AwaitUsername());

        var asked = await Says(" ａdmin ");

        Assert.Equal(new AwaitPassword("admin"), asked.Awaits);
        Assert.DoesNotContain("admin", Shown.Text(asked), StringComparison.Ordinal);
        Assert.Equal(["Other username", "Cancel"], Shown.Labels(asked));
        Assert.Equal(new AskUsername(), Shown.Press(asked, "Other username"));
    }

    [Theory]
    [InlineData("root_admin S3cret-pass", "root_admin", "S3cret-pass")]
    [InlineData("root_admin\tS3cret-pass", "root_admin", "S3cret-pass")]
    [InlineData("root_admin\nS3cret pass", "root_admin", "S3cret pass")]
    [InlineData("Root Admin\r\nS3cret-pass", "Root Admin", "S3cret-pass")]
    public async Task A_username_and_a_password_in_one_message_log_in(string typed, string name, string password)
    {
        _role = null;
        Awaits(new AwaitUsername());
        Answers<LoginAdmin, Home>(new Home(Role.Admin, true));

        var reply = await Says(typed);

        await _mediator.Received(1).Send(new LoginAdmin(name, new Secret(password)), Ct);
        Assert.StartsWith("✅ You are logged in", Shown.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_wrong_password_in_the_same_message_the_password_is_asked_for_and_nothing_is_repeated()
    {
        _role = null;
        Awaits(new AwaitUsername());
        Answers<LoginAdmin, Home>(AccountRefusals.LoginFailed);

        var reply = await Says("root_admin S3cret-pass");

        Assert.Equal(new AwaitPassword("root_admin S3cret-pass"), reply.Awaits);
        Assert.DoesNotContain("root_admin", Shown.Text(reply), StringComparison.Ordinal);
        Assert.DoesNotContain("S3cret", Shown.Text(reply), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_be_no_username_is_asked_for_again()
    {
        _role = null;
        foreach (var typed in new[] { "\n", new string('ю', 151), string.Concat(Enumerable.Repeat("😀", 113)) })
        {
            Awaits(new AwaitUsername());

            var asked = await Says(typed);

            Assert.Equal(new AwaitUsername(), asked.Awaits);
            Assert.Equal(["Cancel"], Shown.Labels(asked));
        }
    }

    [Fact]
    public async Task The_most_hostile_usernames_can_be_asked_a_password()
    {
        _role = null;
        Answers<LoginAdmin, Home>(AccountRefusals.LoginFailed);
        foreach (var name in Shown.HostileNames.Where(n => !n.StartsWith("/start", StringComparison.Ordinal)).Append(new string('<', 150)))
        {
            Awaits(new AwaitUsername());
            var asked = await Says(name);

            Shown.Text(asked);
            Assert.NotNull(asked.Awaits);
            Assert.Equal(asked.Awaits, Routes.Answer(Routes.Write(asked.Awaits))?.Arguments);
        }
    }

    [Fact]
    public async Task Prompts_pass_the_gate_too()
    {
        _active = false;
        Awaits(new AwaitShopKey());

        Reply[] replies = [
            await Presses(new AskShopKey()), await Presses(new AskSearch(ShopListPurpose.Open)), await Says("k-1"), await Says(null),
            await Presses(new NoFurther())];

        Assert.All(replies, reply => Assert.Equal(["Subscription", "Menu"], Shown.Labels(reply)));
        Assert.Empty(_mediator.ReceivedCalls());
    }

    [Fact]
    public async Task A_banned_person_gets_only_the_notice()
    {
        _banned = true;
        Answers<Start, Home>(AccessRefusals.Banned);

        Reply[] replies = [
            await Says("/start"), await Says("/help"), await Says("hello"), await Presses(new OpenMenu()),
            await Does(new IncomingPress(77, Anna, "q", "junk", 5), null)];

        Assert.All(replies, reply => Assert.Equal("🚫 Your access to the bot has been blocked.", Shown.Text(reply)));
        Assert.All(replies, reply => Assert.Empty(reply.Keyboard.Rows));
    }

    [Fact]
    public async Task A_stranger_at_a_menu_is_shown_the_way_in()
    {
        _role = null;

        var reply = await Says("/menu");

        Assert.StartsWith("Please sign in first.", Shown.Text(reply), StringComparison.Ordinal);
        Assert.Equal(["Seller | Administrator", "Help | Language"], Shown.Labels(reply));
    }

    [Fact]
    public async Task Every_refusal_of_the_application_becomes_a_screen_with_a_way_on()
    {
        var refusals = new[] { ShopRefusals.NotYours, AccessRefusals.Conflict, AccessRefusals.Forbidden, AccessRefusals.Inactive, AccessRefusals.SignInFirst };
        foreach (var refusal in refusals)
        {
            Answers<ShowShop, ShopCard>(refusal);
            Answers<ToggleShopActive, ShopCard>(refusal);
            Answers<TogglePriceUpdating, ShopCard>(refusal);
            Answers<UnbindShop, string>(refusal);
            Answers<ListShops, ShopPage>(refusal);
            Answers<ShowMenu, Home>(refusal);
            IButton[] buttons =
            [
                new OpenShop(new ShopId(17), default, 1, null), new SwitchShop(new ShopId(17), true, default, 1, null),
                new SwitchPrices(new ShopId(17), true, default, 1, null),
                new AskUnbind(new ShopId(17), default, 1, null, true), new ConfirmUnbind(new ShopId(17), default, 1, null, true),
                new OpenShops(ShopListPurpose.Open), new OpenMenu(),
            ];

            foreach (var button in buttons)
            {
                var reply = await Presses(button);

                Assert.StartsWith(Shown.Text(Words.Of(Language.En).Say(refusal)), Shown.Text(reply), StringComparison.Ordinal);
                Assert.NotEmpty(reply.Keyboard.Rows);
            }
        }
    }

    [Fact]
    public void A_shop_that_is_no_longer_yours_leads_back_to_the_list_of_the_role()
    {
        Reply Lost(Role role, Language language) => new LostShopView().Render(ShopRefusals.NotYours, Html.Of($"lost"), role, language)!;

        Assert.Equal(["My shops", "Menu"], Shown.Labels(Lost(Role.Seller, Language.En)));
        Assert.Equal(["Все магазины", "Меню"], Shown.Labels(Lost(Role.Admin, Language.Ru)));
    }
}
