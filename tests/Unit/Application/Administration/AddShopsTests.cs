using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Administration;

public sealed class AddShopsTests : IDisposable
{
    private readonly World _world = new World().CallerIsOperator();
    private static readonly string Fifty = string.Concat(Enumerable.Repeat("🌰", 50));

    public static TheoryData<string> Wrong => new(Broken.Keys);

    private static Dictionary<string, (NewShop Shop, Refusal Reason, string Field)> Broken { get; } = new()
    {
        ["no name"] = (Shop(name: ""), ShopRefusals.ShopDataInvalid, "Name"),
        ["blank name"] = (Shop(name: "  "), ShopRefusals.ShopDataInvalid, "Name"),
        ["long name"] = (Shop(name: Fifty + "!"), ShopRefusals.ShopDataInvalid, "Name"),
        ["nul in the name"] = (Shop(name: "Nu\0ts"), ShopRefusals.ShopDataInvalid, "Name"),
        ["no key"] = (Shop(key: " "), ShopRefusals.KeyNotRecognised, "Key"),
        ["long key"] = (Shop(key: new string('k', 51)), ShopRefusals.KeyNotRecognised, "Key"),
        ["long slug"] = (Shop() with { Slug = new string('s', 51) }, ShopRefusals.ShopDataInvalid, "Slug"),
        ["long client id"] = (Shop() with { ClientId = "123456789" }, ShopRefusals.ShopDataInvalid, "ClientId"),
        ["long vendor"] = (Shop() with { VendorName = new string('v', 51) }, ShopRefusals.ShopDataInvalid, "VendorName"),
    };

    public void Dispose() => _world.Dispose();

    private static NewShop Shop(string name = "Nuts", string key = "k-1") => new(name, new Secret(key));

    [Fact]
    public async Task Shops_are_added_with_all_that_is_said_of_them()
    {
        var nuts = new NewShop(" Nuts ", new Secret(" k-1 "), "nuts", "12345678", "Forest", true, true, [new NewWarehouse("Москва", 500_000)]);

        var import = (await _world.Send(new AddShops([nuts, Shop("Tea", "k-2")]))).Value;

        Assert.Equal(2, import.Added);
        Assert.Empty(import.Errors);
        _world.Shops.Received(1).Add(Arg.Is<Shop>(s => s.Name == "Nuts" && s.ApiKey == ApiKey.Stored("k-1") && s.Slug == "nuts" && s.ClientId == "12345678"
            && s.VendorName == "Forest" && s.IsActive && s.PriceUpdating && s.Warehouses.Single().Name == "Москва"
            && s.Warehouses.Single().WarehouseId == 500_000));
        _world.Shops.Received(1).Add(Arg.Is<Shop>(s => s.Name == "Tea" && s.Slug == null && !s.IsActive && s.Warehouses.Count == 0));
        await _world.IsCommitted();
    }

    [Fact]
    public async Task An_empty_slug_is_no_slug_and_so_never_taken()
    {
        var import = (await _world.Send(new AddShops([Shop() with { Slug = "" }, Shop("Tea", "k-2") with { Slug = "" }]))).Value;

        Assert.Equal(2, import.Added);
        _world.Shops.Received(2).Add(Arg.Is<Shop>(s => s.Slug == null));
    }

    [Fact]
    public async Task Fifty_letters_of_two_units_each_are_a_name()
    {
        var import = (await _world.Send(new AddShops([Shop(name: Fifty)]))).Value;

        Assert.Equal(1, import.Added);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task One_wrong_shop_keeps_all_out_and_is_named_by_place_and_field(string name)
    {
        var (shop, reason, field) = Broken[name];

        var import = (await _world.Send(new AddShops([Shop("Tea", "k-2"), shop]))).Value;

        Assert.Equal(0, import.Added);
        Assert.Equal([new ShopImportError(1, reason, field)], import.Errors);
        _world.Shops.DidNotReceiveWithAnyArgs().Add(default!);
    }

    [Fact]
    public async Task Taken_slugs_and_keys_are_found_in_storage_and_in_the_list_itself()
    {
        _world.HasShop(17, "Old", key: "k-old");

        var import = (await _world.Send(new AddShops(
        [
            Shop("A", "k-a") with { Slug = "slug-17" },
            Shop("B", "k-old"),
            Shop("C", "k-c") with { Slug = "c" },
            Shop("D", "k-c") with { Slug = "c" },
        ]))).Value;

        Assert.Equal(
            [
                new ShopImportError(0, ShopRefusals.SlugTaken, "Slug"),
                new ShopImportError(1, ShopRefusals.KeyTaken, "Key"),
                new ShopImportError(3, ShopRefusals.SlugTaken, "Slug"),
                new ShopImportError(3, ShopRefusals.KeyTaken, "Key"),
            ],
            import.Errors);
        Assert.Equal(0, import.Added);
        _world.Shops.DidNotReceiveWithAnyArgs().Add(default!);
    }

    [Fact]
    public async Task Errors_are_told_in_the_order_of_the_list()
    {
        _world.HasShop(17, "Old", key: "k-old");

        var import = (await _world.Send(new AddShops([Shop(key: "k-old"), Shop(name: ""), Shop(key: "k-old")]))).Value;

        Assert.Equal([0, 1, 2], import.Errors.Select(e => e.Index));
    }
}
