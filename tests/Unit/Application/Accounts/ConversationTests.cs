using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Application.Subscriptions;
using MarketBot.Domain.Accounts;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Accounts;

public sealed class ConversationTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Start_leads_strangers_to_the_choice_of_a_role_and_others_to_their_menu()
    {
        Assert.Equal(Home.SignedOut, (await _world.Send(new Start())).Value);
        _world.CallerIs(Role.Seller, loggedOut: true);
        Assert.Equal(Home.SignedOut, (await _world.Send(new Start())).Value);
        _world.CallerIs(Role.Seller, active: false);
        Assert.Equal(new Home(Role.Seller, false), (await _world.Send(new Start())).Value);
        _world.CallerIsAdmin();
        Assert.Equal(new Home(Role.Admin, true), (await _world.Send(new Start())).Value);
        _world.LoginHolds = false;
        Assert.Equal(Home.SignedOut, (await _world.Send(new Start())).Value);
    }

    [Fact]
    public async Task The_menu_is_that_of_the_role()
    {
        _world.CallerIsAdmin();

        var home = await _world.Send(new ShowMenu());

        Assert.Equal(new Home(Role.Admin, true), home.Value);
    }

    [Fact]
    public async Task The_menu_is_only_for_people_who_are_signed_in()
    {
        var home = await _world.Send(new ShowMenu());

        Assert.Equal(AccessRefusals.SignInFirst, home.Refusal);
    }

    [Fact]
    public async Task Help_names_the_support_contact()
    {
        _world.CallerIsSeller();

        var help = await _world.Send(new ShowHelp());

        Assert.Equal(new Help(new Home(Role.Seller, true), "helper"), help.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_subscription_shows_its_state_and_whom_to_ask(bool active)
    {
        _world.CallerIs(Role.Seller, active: active);

        var state = await _world.Send(new ShowSubscription());

        Assert.Equal(new SubscriptionState(active, "helper"), state.Value);
    }

    [Fact]
    public async Task Cancelling_ends_the_waiting_and_says_whether_there_was_any()
    {
        _world.Session.Await("seller_key");

        var first = await _world.Send(new CancelInput());
        var second = await _world.Send(new CancelInput());

        Assert.Equal(new Cancelled(Home.SignedOut, true), first.Value);
        Assert.Equal(new Cancelled(Home.SignedOut, false), second.Value);
        Assert.Null(_world.Session.Awaited);
    }

    [Fact]
    public async Task Reading_opens_no_transaction()
    {
        _world.CallerIsSeller();

        await _world.Send(new Start());

        Assert.Empty(_world.Work.ReceivedCalls());
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("en")]
    public async Task A_language_is_chosen(string language)
    {
        var home = await _world.Send(new SetLanguage(language));

        Assert.Equal(Home.SignedOut, home.Value);
        Assert.Equal(language, _world.Session.Language);
        await _world.IsCommitted();
    }

    [Theory]
    [InlineData("de")]
    [InlineData("RU")]
    [InlineData("")]
    public async Task A_language_that_the_bot_does_not_speak_is_refused(string language)
    {
        var home = await _world.Send(new SetLanguage(language));

        Assert.Equal(Languages.Unknown, home.Refusal);
        Assert.Null(_world.Session.Language);
        await _world.IsUntouched();
    }

    [Theory]
    [InlineData(Role.Seller)]
    [InlineData(Role.Admin)]
    public async Task Signing_out_ends_the_session_and_forgets_the_login_but_not_the_language(Role role)
    {
        _world.CallerIs(role, active: false);
        _world.Session.Speak("en");
        _world.Session.Await("find_text:0");
        _world.Session.StartSearch("nuts");

        var signedOut = await _world.Send(new SignOut());

        Assert.Null(signedOut.Refusal);
        Assert.True(_world.Person!.IsLoggedOut);
        Assert.Equal((null, null, "en"), (_world.Session.Awaited, _world.Session.SearchText, _world.Session.Language));
        await _world.Logins.Received(1).Forget(World.Me, World.Ct);
        Assert.False(_world.IsSignedInAfterwards);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task Whoever_is_signed_out_meanwhile_cannot_sign_out_again()
    {
        _world.CallerIsSeller();
        _world.Meanwhile(() => _world.CallerIs(Role.Seller, loggedOut: true));

        var signedOut = await _world.Send(new SignOut());

        Assert.Equal(AccessRefusals.SignInFirst, signedOut.Refusal);
        await _world.Logins.DidNotReceiveWithAnyArgs().Forget(default, World.Ct);
        await _world.IsDiscarded();
    }
}
