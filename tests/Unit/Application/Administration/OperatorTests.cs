using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Administration;

public sealed class OperatorTests : IDisposable
{
    private readonly World _world = new World().CallerIsSeller().CallerIsOperator();
    private static readonly TelegramId Nobody = new(404);

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_is_banned_and_unbanned(bool ban)
    {
        _world.Person!.SetBanned(!ban);

        Assert.Null((await _world.Send(new BanUser(World.Me, ban))).Refusal);
        Assert.Null((await _world.Send(new BanUser(World.Me, ban))).Refusal);

        Assert.Equal(ban, _world.Person.IsBanned);
        await _world.Work.Received(2).Save(World.Ct);
    }

    [Fact]
    public async Task Whoever_is_banned_or_paid_for_is_told_once_and_it_is_recorded_once()
    {
        for (var i = 0; i < 2; i++)
        {
            await _world.Send(new BanUser(World.Me, true));
            await _world.Send(new ActivateUser(World.Me, false));
        }

        await _world.Send(new BanUser(World.Me, false));
        await _world.Send(new ActivateUser(World.Me, true));

        Received.InOrder(() =>
        {
            _world.Notices.Tell(World.Me, Notice.Banned);
            _world.Notices.Tell(World.Me, Notice.Deactivated);
            _world.Notices.Tell(World.Me, Notice.Unbanned);
            _world.Notices.Tell(World.Me, Notice.Activated);
        });
        Assert.Equal(4, _world.Notices.ReceivedCalls().Count());
        Assert.Equal(4, _world.Audit.ReceivedCalls().Count());
        _world.Audit.Received(1).Record(new Change(nameof(BanUser), Person: World.Me, Before: "off", After: "on"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_subscription_is_started_and_ended(bool activate)
    {
        _world.Person!.SetActive(!activate);

        var done = await _world.Send(new ActivateUser(World.Me, activate));

        Assert.Null(done.Refusal);
        Assert.Equal(activate, _world.Person.IsActive);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task Who_is_not_registered_can_be_neither_banned_nor_activated_unbound_shown_or_erased()
    {
        Assert.Equal(AccountRefusals.UserNotFound, (await _world.Send(new BanUser(Nobody, true))).Refusal);
        Assert.Equal(AccountRefusals.UserNotFound, (await _world.Send(new ActivateUser(Nobody, true))).Refusal);
        Assert.Equal(AccountRefusals.UserNotFound, (await _world.Send(new UnbindUserShop(Nobody, new ShopId(17)))).Refusal);
        Assert.Equal(AccountRefusals.UserNotFound, (await _world.Send(new EraseUser(Nobody))).Refusal);
        Assert.Equal(AccountRefusals.UserNotFound, (await _world.Send(new ShowUser(Nobody))).Refusal);
        await _world.Work.DidNotReceiveWithAnyArgs().Save(World.Ct);
        await _world.Work.Received(4).Discard(World.Ct);
    }

    [Fact]
    public async Task A_binding_is_revoked_once()
    {
        _world.HasShop(17, "Nuts", isMine: true);

        Assert.Null((await _world.Send(new UnbindUserShop(World.Me, new ShopId(17)))).Refusal);
        Assert.Equal(ShopRefusals.NotYours, (await _world.Send(new UnbindUserShop(World.Me, new ShopId(17)))).Refusal);

        await _world.Work.Received(1).Save(World.Ct);
        await _world.Work.Received(1).Discard(World.Ct);
    }

    [Fact]
    public async Task A_seller_is_shown_with_their_shops()
    {
        _world.HasShop(17, "Nuts", isActive: true, isMine: true);
        _world.HasShop(18, "Foreign");

        var shown = (await _world.Send(new ShowUser(World.Me))).Value;

        Assert.Equal(new UserDetails(World.Me, "Old", "Name", "old", Role.Seller, DateTime.UnixEpoch, false, true, false), shown.User);
        Assert.Equal([new ShopDetails(new ShopId(17), "Nuts", "slug-17", "10001", "Vendor", true, false)], shown.Shops);
    }

    [Fact]
    public async Task An_admin_is_shown_without_the_shops_of_the_whole_marketplace()
    {
        _world.CallerIsAdmin().HasShop(17, "Nuts");

        var shown = (await _world.Send(new ShowUser(World.Me))).Value;

        Assert.Equal(Role.Admin, shown.User.Role);
        Assert.Empty(shown.Shops);
    }

    [Fact]
    public async Task People_are_listed_in_stretches()
    {
        _world.Users.List(new TelegramId(1000), 10, World.Ct).Returns([_world.Person!]);

        var people = (await _world.Send(new ListUsers(new TelegramId(1000), 10))).Value;

        Assert.Equal(World.Me, Assert.Single(people).TelegramId);
    }

    [Fact]
    public async Task Shops_are_listed_in_stretches_without_their_keys()
    {
        _world.HasShop(10, "Nuts", key: "k-1");
        _world.HasShop(20, "Tea", key: "k-2");
        _world.HasShop(30, "Soap", key: "k-3");

        var shops = (await _world.Send(new ListAllShops(new ShopId(10), 1))).Value;

        Assert.Equal([new ShopDetails(new ShopId(20), "Tea", "slug-20", "10001", "Vendor", false, false)], shops);
    }

    [Fact]
    public async Task Accounts_are_listed_with_their_groups_and_without_their_hashes()
    {
        _world.HasAccount("admin", "pw");

        var account = Assert.Single((await _world.Send(new ListAccounts(0, 10))).Value);

        Assert.Equal((0, "admin", true, DateTime.UnixEpoch), (account.Id, account.Username, account.IsActive, account.DateJoined));
        Assert.Equal(["telegram_admins"], account.Groups);
        Assert.DoesNotContain("hash", account.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_added_to_the_admins_group()
    {
        var done = await _world.Send(new AddAccount(" ａnna ", new Secret("pass word")));

        Assert.Null(done.Refusal);
        _world.Accounts.Received(1).Add(Arg.Is<MarketplaceAccount>(a =>
            a.Username == "anna" && a.PasswordHash == "hash of pass word" && a.IsActive && a.IsIn("telegram_admins")
                && a.DateJoined == _world.Time.GetUtcNow().UtcDateTime));
        await _world.IsCommitted();
    }

    [Fact]
    public async Task A_username_is_given_once()
    {
        _world.HasAccount("anna", "pw");

        var done = await _world.Send(new AddAccount("anna", new Secret("other")));

        Assert.Equal(AccountRefusals.UsernameTaken, done.Refusal);
        _world.Accounts.DidNotReceiveWithAnyArgs().Add(default!);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task A_password_is_replaced()
    {
        var account = _world.HasAccount("anna", "old");

        var done = await _world.Send(new SetAccountPassword("anna", new Secret("new")));

        Assert.Null(done.Refusal);
        Assert.Equal("hash of new", account.PasswordHash);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task The_password_of_an_unknown_account_cannot_be_replaced()
    {
        var done = await _world.Send(new SetAccountPassword("anna", new Secret("new")));

        Assert.Equal(AccountRefusals.NotFound, done.Refusal);
        await _world.IsDiscarded();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" pw")]
    [InlineData("pw\n")]
    [InlineData("p\0w")]
    public async Task A_password_that_nobody_could_type_in_a_message_is_refused(string password)
    {
        Assert.Equal(AccountRefusals.PasswordInvalid, (await _world.Send(new AddAccount("anna", new Secret(password)))).Refusal);
        Assert.Equal(AccountRefusals.PasswordInvalid, (await _world.Send(new SetAccountPassword("anna", new Secret(password)))).Refusal);
        await _world.IsUntouched();
    }

    [Fact]
    public async Task A_password_has_at_most_the_length_of_a_message()
    {
        Assert.Null((await _world.Send(new AddAccount("anna", new Secret(new string('p', 4096))))).Refusal);
        Assert.Equal(AccountRefusals.PasswordInvalid, (await _world.Send(new AddAccount("anna", new Secret(new string('p', 4097))))).Refusal);
    }

    [Fact]
    public async Task An_account_needs_a_username()
    {
        Assert.Equal(AccountRefusals.UsernameInvalid, (await _world.Send(new AddAccount(" ", new Secret("pw")))).Refusal);
        Assert.Equal(AccountRefusals.UsernameInvalid, (await _world.Send(new SetAccountPassword("", new Secret("pw")))).Refusal);
        await _world.IsUntouched();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task Nothing_and_more_than_is_read_at_once_cannot_be_listed(int count)
    {
        Refusal?[] refusals =
        [
            (await _world.Send(new ListUsers(default, count))).Refusal,
            (await _world.Send(new ListAccounts(0, count))).Refusal,
            (await _world.Send(new ListAllShops(default, count))).Refusal,
            (await _world.Send(new ListInbox(0, count))).Refusal,
            (await _world.Send(new ListOutbox(0, count))).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(Stretch.CountInvalid, refusal));
    }
}
