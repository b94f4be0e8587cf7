namespace MarketBot.Application.Administration;

/// <summary>Every shop of the marketplace, a stretch at a time, in the order of keys.</summary>
/// <param name="After">The key to begin behind.</param>
/// <param name="Count">The largest number of rows to return.</param>
[Allow(Who.Operator)]
public sealed record ListAllShops(ShopId After, int Count) : IQuery<IReadOnlyList<ShopDetails>>;

/// <summary>A shop as an operator sees it; keys are never shown.</summary>
public sealed record ShopDetails(ShopId Id, string Name, string? Slug, string ClientId, string VendorName, bool IsActive, bool PriceUpdating);

internal sealed class ShopDetailsProfile : Profile
{
    public ShopDetailsProfile() => CreateMap<Shop, ShopDetails>();
}

internal sealed class ListAllShopsValidator : AbstractValidator<ListAllShops>
{
    public ListAllShopsValidator() => RuleFor(c => c.Count).IsStretch();
}

internal sealed class ListAllShopsHandler(IShopRepository shops, IMapper mapper) : IRequestHandler<ListAllShops, Result<IReadOnlyList<ShopDetails>>>
{
    public async Task<Result<IReadOnlyList<ShopDetails>>> Handle(ListAllShops request, CancellationToken cancellationToken) =>
        mapper.Map<ShopDetails[]>(await shops.ListAll(request.After, request.Count, cancellationToken));
}
