namespace MarketBot.Application.Shops;

/// <summary>Asks whether a text that nobody asked for has the shape of this marketplace's API keys. It does not say whether a shop has this key.</summary>
/// <param name="Text">The text as it was sent.</param>
[Allow(Who.Anyone, EvenInactive = true)]
public sealed record RecogniseKey(Secret Text) : IQuery<bool>;

internal sealed class RecogniseKeyHandler(IShopRepository shops) : IRequestHandler<RecogniseKey, Result<bool>>
{
    public async Task<Result<bool>> Handle(RecogniseKey request, CancellationToken cancellationToken)
    {
        var text = request.Text.Reveal();
        return KeyShape.MayBe(text) && KeyShape.Of(await shops.SampleKeys(KeyShape.SampleSize, cancellationToken)).Fits(text);
    }
}
