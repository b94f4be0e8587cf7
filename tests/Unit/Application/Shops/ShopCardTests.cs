using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Shops;

public sealed class ShopCardTests : IDisposable
{
    private static readonly ShopId Nuts = new(17);
    private readonly World _world = new World().CallerIsSeller();

    public static TheoryData<string> Commands => new(Switches.Keys);

    private static Dictionary<string, Func<World, Task<Refusal?>>> Switches { get; } = new()
    {
        [nameof(ToggleShopActive)] = async world => (await world.Send(new ToggleShopActive(Nuts, true))).Refusal,
        [nameof(TogglePriceUpdating)] = async world => (await world.Send(new TogglePriceUpdating(Nuts, true))).Refusal,
        [nameof(UnbindShop)] = async world => (await world.Send(new UnbindShop(Nuts))).Refusal,
    };

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_card_shows_the_shop_and_its_warehouses()
    {
        var shop = _world.HasShop(17, "Nuts", isActive: true, isMine: true);
        shop.Add(Warehouse.Create("Москва", 1));
        shop.Add(Warehouse.Create("Казань", 2));

        var card = (await _world.Send(new ShowShop(Nuts))).Value;

        Assert.Equal((Nuts, "Nuts", "Vendor", true, false), (card.Id, card.Name, card.VendorName, card.IsActive, card.PriceUpdating));
        Assert.Equal(["Москва", "Казань"], card.Warehouses);
        Assert.Empty(_world.Work.ReceivedCalls());
    }

    [Fact]
    public async Task An_admin_sees_the_card_of_any_shop()
    {
        _world.CallerIsAdmin().HasShop(17, "Nuts");

        var card = await _world.Send(new ShowShop(Nuts));

        Assert.Equal("Nuts", card.Value.Name);
    }

    [Fact]
    public async Task A_card_of_a_foreign_or_missing_shop_is_refused_alike()
    {
        _world.HasShop(17, "Nuts");

        Assert.Equal(ShopRefusals.NotYours, (await _world.Send(new ShowShop(Nuts))).Refusal);
        Assert.Equal(ShopRefusals.NotYours, (await _world.Send(new ShowShop(new ShopId(long.MaxValue)))).Refusal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_shop_is_switched_to_the_wanted_state_and_a_double_tap_changes_nothing_more(bool wanted)
    {
        var shop = _world.HasShop(17, "Nuts", isActive: !wanted, isMine: true);

        var first = await _world.Send(new ToggleShopActive(Nuts, wanted));
        var second = await _world.Send(new ToggleShopActive(Nuts, wanted));

        Assert.Equal((wanted, wanted), (first.Value.IsActive, second.Value.IsActive));
        Assert.Equal((wanted, false), (shop.IsActive, shop.PriceUpdating));
        await _world.Work.Received(2).Save(World.Ct);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Price_updating_is_switched_to_the_wanted_state(bool wanted)
    {
        var shop = _world.HasShop(17, "Nuts", isMine: true);
        shop.SwitchPriceUpdatingTo(!wanted);

        var card = await _world.Send(new TogglePriceUpdating(Nuts, wanted));

        Assert.Equal(wanted, card.Value.PriceUpdating);
        Assert.Equal((false, wanted), (shop.IsActive, shop.PriceUpdating));
        await _world.IsCommitted();
    }

    [Fact]
    public async Task Unlinking_ends_the_binding_and_leaves_the_shop_as_it_is()
    {
        var shop = _world.HasShop(17, "Nuts", isActive: true, isMine: true);

        var unbound = await _world.Send(new UnbindShop(Nuts));

        Assert.Equal("Nuts", unbound.Value);
        Assert.True(shop.IsActive);
        await _world.Shops.Received(1).Unbind(_world.Person!, Nuts, World.Ct);
        await _world.IsCommitted();
    }

    [Fact]
    public async Task Unlinking_twice_says_that_the_shop_is_gone_from_the_list()
    {
        _world.HasShop(17, "Nuts", isMine: true);
        await _world.Send(new UnbindShop(Nuts));

        var again = await _world.Send(new UnbindShop(Nuts));

        Assert.Equal(ShopRefusals.NotYours, again.Refusal);
    }

    [Fact]
    public async Task An_unlinking_that_somebody_else_was_faster_with_is_not_recorded()
    {
        _world.HasShop(17, "Nuts", isMine: true);
        _world.Shops.Unbind(_world.Person!, Nuts, World.Ct).Returns(false);

        var late = await _world.Send(new UnbindShop(Nuts));

        Assert.Equal(ShopRefusals.NotYours, late.Refusal);
        Assert.Empty(_world.Audit.ReceivedCalls());
        await _world.IsDiscarded();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_foreign_shop_is_refused_and_nothing_is_saved(string command)
    {
        var shop = _world.HasShop(17, "Nuts");

        var refusal = await Switches[command](_world);

        Assert.Equal(ShopRefusals.NotYours, refusal);
        Assert.Equal((false, false), (shop.IsActive, shop.PriceUpdating));
        await _world.Shops.DidNotReceiveWithAnyArgs().Unbind(default!, default, World.Ct);
        await _world.IsDiscarded();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Rights_are_checked_again_inside_the_transaction(string command)
    {
        var shop = _world.HasShop(17, "Nuts", isMine: true);
        _world.Meanwhile(() => _world.Person!.SetBanned(true));

        var refusal = await Switches[command](_world);

        Assert.Equal(AccessRefusals.Banned, refusal);
        Assert.Equal((false, false), (shop.IsActive, shop.PriceUpdating));
        Assert.Empty(_world.Shops.ReceivedCalls());
        await _world.IsDiscarded();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_conflict_at_the_commit_is_the_answer(string command)
    {
        _world.HasShop(17, "Nuts", isMine: true);
        _world.Work.Save(World.Ct).Returns(AccessRefusals.Conflict);

        var refusal = await Switches[command](_world);

        Assert.Equal(AccessRefusals.Conflict, refusal);
        await _world.Work.Received(1).Discard(World.Ct);
    }

    [Fact]
    public async Task An_exception_is_not_swallowed_and_nothing_is_committed()
    {
        _world.Shops.FindForUpdate(Arg.Any<MarketBot.Domain.Accounts.TelegramUser>(), Arg.Any<ShopId>(), Arg.Any<CancellationToken>())
            .Returns<Task<Shop?>>(_ => throw new InvalidOperationException("the disk is full"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.Send(new ToggleShopActive(Nuts, true)));

        await _world.Work.DidNotReceiveWithAnyArgs().Save(World.Ct);
    }
}
