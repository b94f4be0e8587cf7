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
        { typeof(ListedShop), typeof(ShopRow) },
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

    [Fact]
    public void No_map_can_lead_back_to_itself() => Assert.Null(CycleOf(_world.Resolve<IMapper>().ConfigurationProvider));

    [Fact]
    public void A_map_of_a_graph_that_leads_back_to_itself_would_be_found()
    {
        var recursive = new MapperConfiguration(mapping =>
        {
            mapping.CreateMap<Branch, BranchAnswer>();
            mapping.CreateMap<Leaf, LeafAnswer>();
        });

        Assert.Equal("BranchAnswer -> LeafAnswer -> BranchAnswer", CycleOf(recursive));
    }

    private static string? CycleOf(IConfigurationProvider configuration)
    {
        var maps = configuration.Internal().GetAllTypeMaps().ToLookup(map => map.DestinationType);
        return maps.Select(map => Walk(map.Key, [])).FirstOrDefault(cycle => cycle is not null);

        string? Walk(Type answer, IReadOnlyList<Type> path)
        {
            if (path.Contains(answer))
                return string.Join(" -> ", path.Append(answer).Select(type => type.Name));

            return maps[answer].SelectMany(map => map.PropertyMaps)
                .SelectMany(property => new[] { property.DestinationType }.Concat(property.DestinationType.GetGenericArguments()))
                .Where(type => maps.Contains(type))
                .Select(type => Walk(type, [.. path, answer]))
                .FirstOrDefault(cycle => cycle is not null);
        }
    }

    private sealed record Branch(List<Leaf> Leaves);

    private sealed record Leaf(Branch Branch);

    private sealed record BranchAnswer
    {
        public List<LeafAnswer> Leaves { get; init; } = [];
    }

    private sealed record LeafAnswer
    {
        public BranchAnswer? Branch { get; init; }
    }
}
