using AutoMapper;
using AutoMapper.Internal;
using MarketBot.Application.Administration;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;

namespace MarketBot.Tests.Unit.Application;

public sealed class MappingTests : IDisposable
{
    private readonly World _world = new();

    public static TheoryData<Type, Type> Pairs => new()
    {
        { typeof(Shop), typeof(ShopCard) },
        { typeof(Shop), typeof(ShopRow) },
        { typeof(Shop), typeof(ShopDetails) },
        { typeof(TelegramUser), typeof(UserDetails) },
        { typeof(MarketplaceAccount), typeof(AccountDetails) },
    };

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Pairs))]
    public void There_is_a_map_from_each_entity_to_its_answer(Type entity, Type answer) =>
        Assert.NotNull(_world.Resolve<IMapper>().ConfigurationProvider.Internal().FindTypeMapFor(entity, answer));

    [Fact]
    public void There_is_no_map_that_nobody_asks_for() =>
        Assert.Equal(Pairs.Count, _world.Resolve<IMapper>().ConfigurationProvider.Internal().GetAllTypeMaps().Count);

    [Fact]
    public void All_maps_are_complete() => _world.Resolve<IMapper>().ConfigurationProvider.AssertConfigurationIsValid();
}
