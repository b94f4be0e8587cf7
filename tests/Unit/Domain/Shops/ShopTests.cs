using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;

namespace MarketBot.Tests.Unit.Domain.Shops;

public class ShopTests
{
    private static Shop Nuts(bool isActive = false, bool priceUpdating = false) =>
        new(new ShopId(17), "Nuts", "nuts", "10001", ApiKey.Stored("k-1"), "Forest", isActive, priceUpdating);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_shop_is_switched_to_the_wanted_state_however_often(bool before)
    {
        var shop = Nuts(isActive: before);

        shop.SwitchTo(true);
        shop.SwitchTo(true);

        Assert.True(shop.IsActive);
        shop.SwitchTo(false);
        shop.SwitchTo(false);
        Assert.False(shop.IsActive);
        Assert.False(shop.PriceUpdating);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Price_updating_is_switched_to_the_wanted_state_however_often(bool before)
    {
        var shop = Nuts(priceUpdating: before);

        shop.SwitchPriceUpdatingTo(true);
        shop.SwitchPriceUpdatingTo(true);

        Assert.True(shop.PriceUpdating);
        shop.SwitchPriceUpdatingTo(false);
        Assert.False(shop.PriceUpdating);
        Assert.False(shop.IsActive);
    }

    [Fact]
    public void A_shop_keeps_what_it_was_made_of()
    {
        var shop = Nuts();

        Assert.Equal(("Nuts", "nuts", "10001", "Forest", ""), (shop.Name, shop.Slug, shop.ClientId, shop.VendorName, shop.ShipperApiKey));
        Assert.Equal((new ShopId(17), ApiKey.Stored("k-1")), (shop.Id, shop.ApiKey));
        Assert.Empty(shop.Warehouses);
    }

    [Fact]
    public void Warehouses_are_added_in_order()
    {
        var shop = Nuts();

        shop.Add(Warehouse.Create("Москва", 500_000));
        shop.Add(Warehouse.Create("Казань", 600_000));

        Assert.Equal([(0L, "Москва", 500_000L), (0L, "Казань", 600_000L)], shop.Warehouses.Select(w => (w.Id, w.Name, w.WarehouseId)));
    }

    [Fact]
    public void A_binding_joins_a_seller_and_a_shop()
    {
        var seller = TelegramUser.Register(new TelegramProfile(new TelegramId(1), "Anna"), Role.Seller, DateTime.UnixEpoch);

        var binding = ShopBinding.Between(seller, new ShopId(17));

        Assert.Equal((0L, new ShopId(17)), (binding.Id, binding.ShopId));
        Assert.Same(seller, binding.User);
    }

    [Fact]
    public void Keys_of_shops_are_ordered_and_print_as_numbers()
    {
        ShopId small = new(2), large = new(10), same = new(2);

        Assert.True(small < large && large > small && small <= same && same >= small && !(large <= small) && !(small >= large));
        Assert.True(large.CompareTo(small) > 0);
        Assert.Equal("9223372036854775807", new ShopId(long.MaxValue).ToString());
    }

    [Fact]
    public void A_list_begins_with_its_first_page() => Assert.Equal(new ShopListPlace(ShopListFrom.Start, default, 1), ShopListPlace.First);
}
