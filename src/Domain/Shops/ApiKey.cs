namespace MarketBot.Domain.Shops;

/// <summary>The API key that proves a shop is yours (column <c>shops.ozon_api_key</c>). Prints as <c>***</c>.</summary>
public sealed record ApiKey
{
    /// <summary>Length of the column, in code points.</summary>
    public const int MaxLength = 50;

    private ApiKey(string value) => Value = value;

    /// <summary>The key itself: for look-ups and columns only.</summary>
    public string Value { get; }

    /// <summary>Reads a key as people send it: blanks around it do not count.</summary>
    /// <returns>The key, or <see cref="ShopRefusals.KeyNotRecognised"/> for what can be no key.</returns>
    public static Result<ApiKey> Parse(string? text) =>
        text?.Trim() is { Length: > 0 } key && Text.Fits(key, MaxLength) ? new ApiKey(key) : ShopRefusals.KeyNotRecognised;

    /// <summary>The key as a column holds it, even an empty one that proves nothing.</summary>
    public static ApiKey Stored(string value) => new(value);

    /// <inheritdoc />
    public override string ToString() => "***";
}
