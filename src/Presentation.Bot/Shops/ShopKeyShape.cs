namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Recognises API keys of shops that somebody sends without having been asked for one.</summary>
internal sealed class ShopKeyShape(IMediator mediator) : ISecretShape
{
    /// <inheritdoc />
    public async Task<bool> Fits(string word, CancellationToken ct) =>
        KeyShape.MayBe(word) && await mediator.Send(new RecogniseKey(new Secret(word)), ct) is var known && (known.Refusal is not null || known.Value);
}
