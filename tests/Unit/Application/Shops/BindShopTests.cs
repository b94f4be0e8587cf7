using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Shops;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Shops;

public sealed class BindShopTests : IDisposable
{
    private readonly World _world = new World().CallerIsSeller();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_right_key_binds_the_shop()
    {
        var nuts = _world.HasShop(17, "Nuts", key: "k-1");

        var bound = await _world.Send(new BindShop(new Secret("k-1\n")));

        Assert.Equal("Nuts", bound.Value);
        await _world.Shops.Received(1).Bind(_world.Person!, nuts, World.Ct);
        await _world.Throttle.Received(1).Forgive(World.Ct);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task Binding_twice_is_fine()
    {
        _world.HasShop(17, "Nuts", key: "k-1", isMine: true);

        var bound = await _world.Send(new BindShop(new Secret("k-1")));

        Assert.Equal("Nuts", bound.Value);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_nothing_is_saved()
    {
        _world.HasShop(17, "Nuts", key: "k-1");

        var bound = await _world.Send(new BindShop(new Secret("wrong")));

        Assert.Equal(ShopRefusals.KeyNotRecognised, bound.Refusal);
        await _world.Shops.DidNotReceiveWithAnyArgs().Bind(default!, default!, World.Ct);
        await _world.Throttle.DidNotReceiveWithAnyArgs().Forgive(World.Ct);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task A_key_of_two_shops_proves_nothing()
    {
        _world.HasShop(17, "Nuts", key: "k-1");
        _world.HasShop(18, "Tea", key: "k-1");

        var bound = await _world.Send(new BindShop(new Secret("k-1")));

        Assert.Equal(ShopRefusals.KeyShared, bound.Refusal);
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task What_can_be_no_key_is_refused_before_an_attempt_is_counted()
    {
        var bound = await _world.Send(new BindShop(new Secret(" ")));

        Assert.Equal(ShopRefusals.KeyNotRecognised, bound.Refusal);
        await _world.IsUntouched();
    }

    [Fact]
    public async Task After_too_many_attempts_not_even_the_right_key_is_looked_at()
    {
        var wait = AccessRefusals.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(9) };
        _world.Throttle.Reserve(SecretKind.ShopKey, null, World.Ct).Returns(wait);

        var bound = await _world.Send(new BindShop(new Secret("k-1")));

        Assert.Equal(wait, bound.Refusal);
        Assert.Empty(_world.Shops.ReceivedCalls());
        await _world.IsDiscarded();
    }

    [Fact]
    public async Task The_attempt_is_reserved_before_the_transaction_and_the_key()
    {
        var nuts = _world.HasShop(17, "Nuts", key: "k-1");

        await _world.Send(new BindShop(new Secret("k-1")));

        Received.InOrder(() =>
        {
            _world.Store.Load(World.Me, World.Ct);
            _world.Throttle.Reserve(SecretKind.ShopKey, null, World.Ct);
            _world.Work.Begin(World.Ct);
            _world.Store.Load(World.Me, World.Ct);
            _world.Shops.FindByKey(ApiKey.Stored("k-1"), World.Ct);
            _world.Shops.Bind(_world.Person!, nuts, World.Ct);
            _world.Throttle.Forgive(World.Ct);
            _world.Work.Save(World.Ct);
        });
    }

    [Fact]
    public async Task Rights_are_checked_again_inside_the_transaction()
    {
        _world.HasShop(17, "Nuts", key: "k-1");
        _world.Meanwhile(() => _world.Person!.SetActive(false));

        var bound = await _world.Send(new BindShop(new Secret("k-1")));

        Assert.Equal(AccessRefusals.Inactive, bound.Refusal);
        Assert.Empty(_world.Shops.ReceivedCalls());
        await _world.IsDiscarded();
    }
}
