namespace MarketBot.Domain.Shops;

/// <summary>Expected refusals around shops.</summary>
public static class ShopRefusals
{
    /// <summary>No shop has that key.</summary>
    public static readonly Refusal KeyNotRecognised = new("shop.key_not_recognised");

    /// <summary>Several shops have that key, so it proves nothing.</summary>
    public static readonly Refusal KeyShared = new("shop.key_shared");

    /// <summary>There is no such shop, or it is not the caller's: which of the two is nobody's business.</summary>
    public static readonly Refusal NotYours = new("shop.not_yours");

    /// <summary>The text is not a page number of the list.</summary>
    public static readonly Refusal NoSuchPage = new("shop.no_such_page");

    /// <summary>The search text is empty or too long.</summary>
    public static readonly Refusal SearchTextInvalid = new("shop.search_text_invalid");

    /// <summary>The data of a new shop breaks a rule of its table.</summary>
    public static readonly Refusal ShopDataInvalid = new("shop.data_invalid");

    /// <summary>Another shop has that slug.</summary>
    public static readonly Refusal SlugTaken = new("shop.slug_taken");

    /// <summary>Another shop has that API key.</summary>
    public static readonly Refusal KeyTaken = new("shop.key_taken");
}
