using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Accounts;

public sealed class RegisterSellerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_stranger_with_the_key_of_a_shop_becomes_its_seller()
    {
        var nuts = _world.HasShop(17, "Nuts", key: "k-1");

        var registered = await _world.Send(new RegisterSeller(new Secret(" k-1 ")));

        Assert.Equal(new Registered(new Home(Role.Seller, true), "Nuts"), registered.Value);
        _world.Users.Received(1).Add(
            Arg.Is<TelegramUser>(
                u => u.TelegramId == World.Me && u.Role == Role.Seller && u.FirstName == "Анна" && u.CreatedAt == _world.Time.GetUtcNow().UtcDateTime));
        await _world.Shops.Received(1).Bind(Arg.Is<TelegramUser>(u => u.TelegramId == World.Me), nuts, World.Ct);
        Assert.True(_world.IsSignedInAfterwards);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task A_signed_out_seller_is_refreshed_and_keeps_the_subscription_as_it_is()
    {
        _world.CallerIs(Role.Seller, active: false, loggedOut: true);
        _world.HasShop(17, "Nuts", key: "k-1");

        var registered = await _world.Send(new RegisterSeller(new Secret("k-1")));

        Assert.Equal(new Home(Role.Seller, false), registered.Value.Home);
        Assert.Equal(("Анна", "Орехова", "anna", false), (_world.Person!.FirstName, _world.Person.LastName, _world.Person.Username, _world.Person.IsLoggedOut));
        _world.Users.DidNotReceiveWithAnyArgs().Add(default!);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task An_admin_whose_login_no_longer_holds_can_become_a_seller()
    {
        _world.CallerIsAdmin().LoginHolds = false;
        _world.HasShop(17, "Nuts", key: "k-1");

        var registered = await _world.Send(new RegisterSeller(new Secret("k-1")));

        Assert.Equal(Role.Seller, registered.Value.Home.Role);
        Assert.Equal(Role.Seller, _world.Person!.Role);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_nothing_is_saved()
    {
        _world.HasShop(17, "Nuts", key: "k-1");

        var registered = await _world.Send(new RegisterSeller(new Secret("wrong")));

        Assert.Equal(ShopRefusals.KeyNotRecognised, registered.Refusal);
        Assert.False(_world.IsSignedInAfterwards);
        await _world.Throttle.DidNotReceiveWithAnyArgs().Forgive(World.Ct);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task A_key_of_two_shops_proves_nothing()
    {
        _world.HasShop(17, "Nuts", key: "k-1");
        _world.HasShop(18, "Tea", key: "k-1");

        var registered = await _world.Send(new RegisterSeller(new Secret("k-1")));

        Assert.Equal(ShopRefusals.KeyShared, registered.Refusal);
        await _world.Shops.DidNotReceiveWithAnyArgs().Bind(default!, default!, World.Ct);
        await _world.IsDiscarded();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("k\0")]
    [InlineData("123456789012345678901234567890123456789012345678901")]
    public async Task What_can_be_no_key_is_refused_before_an_attempt_is_counted(string typed)
    {
        var registered = await _world.Send(new RegisterSeller(new Secret(typed)));

        Assert.Equal(ShopRefusals.KeyNotRecognised, registered.Refusal);
        await _world.IsUntouched();
    }

    [Fact]
    public async Task After_too_many_attempts_not_even_the_right_key_is_looked_at()
    {
        _world.HasShop(17, "Nuts", key: "k-1");
        var wait = AccessRefusals.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(9) };
        _world.Throttle.Reserve(SecretKind.ShopKey, null, World.Ct).Returns(wait);

        var registered = await _world.Send(new RegisterSeller(new Secret("k-1")));

        Assert.Equal(wait, registered.Refusal);
        Assert.Empty(_world.Shops.ReceivedCalls());
        await _world.Work.DidNotReceiveWithAnyArgs().Begin(World.Ct);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task The_attempt_is_reserved_first_and_forgiven_last_before_the_commit()
    {
        var nuts = _world.HasShop(17, "Nuts", key: "k-1");

        await _world.Send(new RegisterSeller(new Secret("k-1")));

        Received.InOrder(() =>
        {
            _world.Store.Load(World.Me, World.Ct);
            _world.Throttle.Reserve(SecretKind.ShopKey, null, World.Ct);
            _world.Work.Begin(World.Ct);
            _world.Store.Load(World.Me, World.Ct);
            _world.Shops.FindByKey(ApiKey.Stored("k-1"), World.Ct);
            _world.Shops.Bind(Arg.Any<TelegramUser>(), nuts, World.Ct);
            _world.Throttle.Forgive(World.Ct);
            _world.Work.Save(World.Ct);
        });
    }

    [Fact]
    public async Task Whoever_is_banned_meanwhile_is_refused_inside_the_transaction()
    {
        _world.HasShop(17, "Nuts", key: "k-1");
        _world.Meanwhile(() => _world.CallerIs(Role.Seller, banned: true));

        var registered = await _world.Send(new RegisterSeller(new Secret("k-1")));

        Assert.Equal(AccessRefusals.Banned, registered.Refusal);
        Assert.Empty(_world.Shops.ReceivedCalls());
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task Whoever_registered_meanwhile_from_another_device_is_not_added_twice()
    {
        _world.HasShop(17, "Nuts", key: "k-1");
        _world.Meanwhile(() => _world.CallerIsSeller());

        var registered = await _world.Send(new RegisterSeller(new Secret("k-1")));

        Assert.Equal(AccessRefusals.SignOutFirst, registered.Refusal);
        _world.Users.DidNotReceiveWithAnyArgs().Add(default!);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task A_conflict_at_the_commit_is_the_answer_and_leaves_nothing()
    {
        _world.HasShop(17, "Nuts", key: "k-1");
        _world.Work.Save(World.Ct).Returns(AccessRefusals.Conflict);

        var registered = await _world.Send(new RegisterSeller(new Secret("k-1")));

        Assert.Equal(AccessRefusals.Conflict, registered.Refusal);
        await _world.Work.Received(1).Discard(World.Ct);
    }
}
