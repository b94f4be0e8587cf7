using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Common;

public class SecretTests
{
    [Fact]
    public void A_secret_never_prints_itself()
    {
        var secret = new Secret("k-1");

        Assert.Equal("***", secret.ToString());
        Assert.Empty(typeof(Secret).GetProperties());
        Assert.Equal("k-1", secret.Reveal());
    }

    [Fact]
    public void Secrets_are_equal_when_they_say_the_same()
    {
        Assert.Equal(new Secret("a"), new Secret("a"));
        Assert.Equal(new Secret("a").GetHashCode(), new Secret("a").GetHashCode());
        Assert.NotEqual(new Secret("a"), new Secret("A"));
        Assert.False(new Secret("a").Equals((object)"a"));
        Assert.False(new Secret("a").Equals(null));
    }
}

public class SessionTests
{
    private readonly Session _session = new(new TelegramId(1));

    [Fact]
    public void A_new_session_remembers_nothing_and_need_not_be_saved() =>
        Assert.Equal((null, null, 0, null, false), (_session.Awaited, _session.Language, _session.SearchId, _session.SearchText, _session.IsChanged));

    [Fact]
    public void A_stored_session_need_not_be_saved()
    {
        var stored = new Session(new TelegramId(1), "a", "en", 7, "nuts");

        Assert.False(stored.IsChanged);
        Assert.Equal("nuts", stored.FindSearch(7));
        Assert.Equal(new TelegramId(1), stored.Id);
    }

    [Fact]
    public void The_language_of_the_client_is_kept_when_it_changes()
    {
        _session.Hear("en-GB");
        _session.Saved();

        _session.Hear("en-GB");
        _session.Hear(null);
        _session.Hear(new string('x', Session.MaxLanguageTagLength + 1));

        Assert.Equal(("en-GB", false), (_session.ClientLanguage, _session.IsChanged));
        _session.Hear("de");
        Assert.True(_session.IsChanged);
    }

    [Fact]
    public void Awaiting_the_same_again_changes_nothing()
    {
        _session.Await("a");
        _session.Saved();

        _session.Await("a");

        Assert.False(_session.IsChanged);
        _session.Await(null);
        Assert.True(_session.IsChanged);
    }

    [Fact]
    public void A_new_search_ends_the_one_before()
    {
        var first = _session.StartSearch("nuts");
        var second = _session.StartSearch("tea");

        Assert.NotEqual(first, second);
        Assert.Null(_session.FindSearch(first));
        Assert.Equal("tea", _session.FindSearch(second));
        Assert.True(_session.IsChanged);
    }

    [Fact]
    public void Numbers_of_searches_have_at_most_four_digits()
    {
        var session = new Session(new TelegramId(1), null, null, 9_999, "nuts");

        Assert.Equal(0, session.StartSearch("tea"));
    }

    [Fact]
    public void Forgetting_keeps_the_language_and_the_count_of_searches()
    {
        _session.Speak("en");
        var id = _session.StartSearch("nuts");
        _session.Await("a");
        _session.Saved();

        _session.Forget();

        Assert.Equal((null, "en", null, true), (_session.Awaited, _session.Language, _session.FindSearch(id), _session.IsChanged));
    }

    [Fact]
    public void Forgetting_nothing_changes_nothing()
    {
        _session.Forget();

        Assert.False(_session.IsChanged);
    }
}

public class CallerTests
{
    private readonly ICallerStore _store = Substitute.For<ICallerStore>();
    private readonly TelegramProfile _anna = new(new TelegramId(1), "Anna");

    private static TelegramUser Seller => TelegramUser.Register(new TelegramProfile(new TelegramId(1), "Anna"), Role.Seller, DateTime.UnixEpoch);

    [Fact]
    public void Nobody_is_known_before_the_update_names_them()
    {
        ICaller caller = new Caller(_store);

        Assert.Throws<InvalidOperationException>(() => caller.Profile);
        Assert.Throws<InvalidOperationException>(() => caller.Session);
        Assert.Throws<InvalidOperationException>(() => caller.SignedIn);
        Assert.Equal((null, false, false), (caller.User, caller.IsSignedIn, caller.IsOperator));
    }

    [Fact]
    public async Task The_caller_is_who_the_update_names()
    {
        var session = new Session(_anna.Id);
        _store.Load(_anna.Id, World.Ct).Returns(new CallerState(Seller, false, session, true));
        var caller = new Caller(_store);

        await caller.Identify(_anna, 77, World.Ct);

        Assert.Same(session, caller.Session);
        Assert.Equal((_anna, 77L, true, true), (caller.Profile, caller.UpdateId, caller.IsSignedIn, caller.WasUnreachable));
    }

    [Fact]
    public async Task Only_of_the_registered_the_language_of_the_client_is_kept()
    {
        var speaker = _anna with { LanguageCode = "en" };
        _store.Load(_anna.Id, World.Ct).Returns(new CallerState(null, false, null, false), new CallerState(Seller, false, null, false));
        var (stranger, seller) = (new Caller(_store), new Caller(_store));

        await stranger.Identify(speaker, 77, World.Ct);
        await seller.Identify(speaker, 78, World.Ct);

        Assert.Equal((null, "en"), (stranger.Session.ClientLanguage, seller.Session.ClientLanguage));
        stranger.SignedInAs(Seller);
        Assert.Equal("en", stranger.Session.ClientLanguage);
    }

    [Fact]
    public async Task Whoever_is_new_gets_an_empty_session()
    {
        _store.Load(_anna.Id, World.Ct).Returns(new CallerState(null, false, null, false));
        var caller = new Caller(_store);

        await caller.Identify(_anna, 77, World.Ct);

        Assert.Equal(_anna.Id, caller.Session.Id);
    }

    [Fact]
    public async Task Refreshing_reads_rights_anew_and_keeps_what_the_conversation_has_just_learned()
    {
        _store.Load(_anna.Id, World.Ct).Returns(new CallerState(Seller, false, null, false), new CallerState(null, false, new Session(_anna.Id), false));
        var caller = new Caller(_store);
        await caller.Identify(_anna, 77, World.Ct);
        caller.Session.Await("a");

        await caller.Refresh(World.Ct);

        Assert.Null(caller.User);
        Assert.Equal("a", caller.Session.Awaited);
    }

    [Fact]
    public async Task The_operator_has_nothing_to_refresh()
    {
        var caller = new Caller(_store);
        caller.IdentifyOperator();

        await caller.Refresh(World.Ct);

        Assert.True(caller.IsOperator);
        Assert.Empty(_store.ReceivedCalls());
    }
}
