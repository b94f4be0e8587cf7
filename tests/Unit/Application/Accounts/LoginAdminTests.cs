using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Accounts;

public sealed class LoginAdminTests : IDisposable
{
    private readonly World _world = new();

    private static LoginAdmin Login(string username = "admin", string password = "pw") => new(username, new Secret(password));

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_member_of_the_admins_group_logs_in()
    {
        var account = _world.HasAccount("admin", "pw");

        var home = await _world.Send(Login(" ａdmin "));

        Assert.Equal(new Home(Role.Admin, true), home.Value);
        _world.Users.Received(1).Add(
            Arg.Is<TelegramUser>(u => u.TelegramId == World.Me && u.Role == Role.Admin && u.CreatedAt == _world.Time.GetUtcNow().UtcDateTime));
        await _world.Logins.Received(1).Remember(World.Me, account, World.Ct);
        await _world.Throttle.Received(1).Forgive(World.Ct);
        Assert.True(_world.IsSignedInAfterwards);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task A_signed_out_seller_can_log_in_as_an_admin_and_keeps_the_subscription_as_it_is()
    {
        _world.CallerIs(Role.Seller, active: false, loggedOut: true);
        _world.HasAccount("admin", "pw");

        var home = await _world.Send(Login());

        Assert.Equal(new Home(Role.Admin, false), home.Value);
        Assert.Equal((Role.Admin, false, "Анна"), (_world.Person!.Role, _world.Person.IsLoggedOut, _world.Person.FirstName));
        _world.Users.DidNotReceiveWithAnyArgs().Add(default!);
    }

    [Fact]
    public async Task A_password_keeps_the_blanks_around_it()
    {
        _world.HasAccount("admin", " pw ");

        Assert.Null((await _world.Send(Login(password: " pw "))).Refusal);
        Assert.Equal(AccountRefusals.LoginFailed, (await _world.Send(Login(password: "pw"))).Refusal);
    }

    [Theory]
    [InlineData("unknown", "pw")]
    [InlineData("admin", "wrong")]
    [InlineData("admin", "")]
    [InlineData("sleeper", "pw")]
    [InlineData("outsider", "pw")]
    [InlineData("Admin", "pw")]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_one_hash_is_checked(string username, string password)
    {
        _world.HasAccount("admin", "pw");
        HasAccountsThatMayNotLogIn();

        var home = await _world.Send(Login(username, password));

        Assert.Equal(AccountRefusals.LoginFailed, home.Refusal);
        await _world.Passwords.Received(1).Check(Arg.Any<string?>(), Arg.Any<IReadOnlyList<string>>(), new Secret(password), World.Ct);
        await _world.Throttle.Received(1).Reserve(SecretKind.Password, username, World.Ct);
        await _world.Throttle.DidNotReceiveWithAnyArgs().Forgive(World.Ct);
        await _world.Throttle.Received(1).Fail(World.Ct);
        await _world.Logins.DidNotReceiveWithAnyArgs().Remember(default, default!, World.Ct);
        Assert.False(_world.IsSignedInAfterwards);
        await _world.IsDiscarded();
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("sleeper")]
    [InlineData("outsider")]
    public async Task Whoever_may_not_log_in_anyway_is_checked_at_the_cost_of_the_hashes_in_use(string username)
    {
        HasAccountsThatMayNotLogIn();

        await _world.Send(Login(username));

        await _world.Passwords.Received(1).Check(null, Arg.Is<IReadOnlyList<string>>(inUse => inUse.Single() == "sample"), new Secret("pw"), World.Ct);
    }

    [Fact]
    public async Task Not_even_a_password_that_fits_logs_in_an_unknown_username()
    {
        Checked(null);

        var home = await _world.Send(Login("unknown"));

        Assert.Equal(AccountRefusals.LoginFailed, home.Refusal);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task A_right_password_under_an_outdated_hash_is_sent_to_the_site()
    {
        _world.HasAccount("admin", "pw");
        Checked(AccountRefusals.PasswordOutdated);

        var home = await _world.Send(Login());

        Assert.Equal(AccountRefusals.PasswordOutdated, home.Refusal);
        Assert.False(_world.IsSignedInAfterwards);
        await _world.Throttle.DidNotReceiveWithAnyArgs().Forgive(World.Ct);
        await _world.IsDiscarded();
    }

    [Theory]
    [InlineData("sleeper")]
    [InlineData("outsider")]
    [InlineData("unknown")]
    public async Task Whoever_may_not_log_in_anyway_learns_nothing_of_an_outdated_hash(string username)
    {
        HasAccountsThatMayNotLogIn();
        Checked(AccountRefusals.PasswordOutdated);

        var home = await _world.Send(Login(username));

        Assert.Equal(AccountRefusals.LoginFailed, home.Refusal);
    }

    [Fact]
    public async Task Where_passwords_cannot_be_checked_the_answer_says_so()
    {
        _world.HasAccount("admin", "pw");
        Checked(AccountRefusals.PasswordUncheckable);

        var home = await _world.Send(Login());

        Assert.Equal(AccountRefusals.PasswordUncheckable, home.Refusal);
        await _world.Work.DidNotReceiveWithAnyArgs().Begin(World.Ct);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ad\nmin")]
    public async Task What_can_be_no_username_is_refused_before_an_attempt_is_counted(string username)
    {
        var home = await _world.Send(Login(username));

        Assert.Equal(AccountRefusals.UsernameInvalid, home.Refusal);
        await _world.IsUntouched();
    }

    [Fact]
    public async Task After_too_many_attempts_no_password_is_checked()
    {
        _world.HasAccount("admin", "pw");
        var wait = AccessRefusals.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(40) };
        _world.Throttle.Reserve(SecretKind.Password, "admin", World.Ct).Returns(wait);

        var home = await _world.Send(Login());

        Assert.Equal(wait, home.Refusal);
        Assert.Empty(_world.Passwords.ReceivedCalls());
        Assert.Empty(_world.Accounts.ReceivedCalls());
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task No_transaction_is_open_while_the_password_is_checked()
    {
        var account = _world.HasAccount("admin", "pw");

        await _world.Send(Login());

        Received.InOrder(() =>
        {
            _world.Store.Load(World.Me, World.Ct);
            _world.Throttle.Reserve(SecretKind.Password, "admin", World.Ct);
            _world.Accounts.FindByUsername("admin", World.Ct);
            _world.Accounts.HashesInUse("telegram_admins", World.Ct);
            _world.Passwords.Check(account.PasswordHash, Arg.Any<IReadOnlyList<string>>(), new Secret("pw"), World.Ct);
            _world.Work.Begin(World.Ct);
            _world.Store.Load(World.Me, World.Ct);
            _world.Accounts.FindByUsername("admin", World.Ct);
            _world.Logins.Remember(World.Me, account, World.Ct);
            _world.Throttle.Forgive(World.Ct);
            _world.Work.Save(World.Ct);
        });
        await _world.Work.Received(1).Begin(World.Ct);
    }

    [Fact]
    public async Task A_wrong_password_opens_no_transaction_at_all()
    {
        _world.HasAccount("admin", "pw");

        await _world.Send(Login(password: "wrong"));

        await _world.Work.DidNotReceiveWithAnyArgs().Begin(World.Ct);
    }

    [Fact]
    public async Task A_password_that_was_replaced_meanwhile_does_not_log_in()
    {
        var account = _world.HasAccount("admin", "pw");
        _world.Meanwhile(() => account.SetPassword("hash of another"));

        var home = await _world.Send(Login());

        Assert.Equal(AccountRefusals.LoginFailed, home.Refusal);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task An_account_that_vanished_meanwhile_does_not_log_in()
    {
        _world.HasAccount("admin", "pw");
        _world.Meanwhile(_world.Known.Clear);

        var home = await _world.Send(Login());

        Assert.Equal(AccountRefusals.LoginFailed, home.Refusal);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task Whoever_is_banned_meanwhile_is_refused_inside_the_transaction()
    {
        _world.HasAccount("admin", "pw");
        _world.Meanwhile(() => _world.CallerIs(Role.Seller, banned: true, loggedOut: true));

        var home = await _world.Send(Login());

        Assert.Equal(AccessRefusals.Banned, home.Refusal);
        await _world.Logins.DidNotReceiveWithAnyArgs().Remember(default, default!, World.Ct);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task The_admins_group_is_configured()
    {
        _world.Bot.AdminGroup = "bosses";
        _world.HasAccount("admin", "pw", group: "telegram_admins");
        _world.HasAccount("boss", "pw", group: "bosses");

        Assert.Equal(AccountRefusals.LoginFailed, (await _world.Send(Login())).Refusal);
        Assert.Null((await _world.Send(Login("boss"))).Refusal);
    }

    [Fact]
    public void The_request_shows_no_password_when_printed() => Assert.DoesNotContain("pw", Login().ToString(), StringComparison.Ordinal);

    private void Checked(Refusal? no) =>
        _world.Passwords.Check(Arg.Any<string?>(), Arg.Any<IReadOnlyList<string>>(), Arg.Any<Secret>(), Arg.Any<CancellationToken>()).Returns(no);

    private void HasAccountsThatMayNotLogIn()
    {
        _world.HasAccount("sleeper", "pw", isActive: false);
        _world.HasAccount("outsider", "pw", group: "others");
    }
}
