using MarketBot.Domain.Shops;

namespace MarketBot.Tests.Unit.Domain.Shops;

public class KeyShapeTests
{
    private static KeyShape Of(params string[] keys) => KeyShape.Of([.. keys.Select(ApiKey.Stored)]);

    [Theory]
    [InlineData("0f8b6c5e-3d2a-4b1c-9e8f-7a6b5c4d3e2f", true)]
    [InlineData("0f8b6c5e-3d2a-4b1c-9e8f-7a6b5c4d3e2", true)]
    [InlineData("0f8b6c5e-3d2a-4b1c", false)]
    [InlineData("0f8b6c5e_3d2a_4b1c_9e8f_7a6b5c4d3e2f", false)]
    [InlineData("достопримечательность-человеконенавистничество", false)]
    [InlineData("спасибо", false)]
    public void Keys_of_a_marketplace_are_recognised_by_their_length_and_characters(string text, bool fits) =>
        Assert.Equal(fits, Of("7e0c9a4b-1111-4222-8333-944455556666", "a1b2c3d4-e5f6-4718-9293-a4b5c6d7e8f9", "").Fits(text));

    [Theory]
    [InlineData("demo-nuts-1", true)]
    [InlineData("demo-tea-7", true)]
    [InlineData("demo-nuts", false)]
    [InlineData("10001", false)]
    [InlineData("all-right!", false)]
    [InlineData("спасибо", false)]
    [InlineData("пока-пока", false)]
    [InlineData("👍", false)]
    [InlineData("demo nuts 1", false)]
    [InlineData("", false)]
    public void A_word_or_a_number_is_no_key(string text, bool fits) => Assert.Equal(fits, Of("demo-nuts-1", "demo-tea-2", "demo-coffee-6").Fits(text));

    [Theory]
    [InlineData("hello", false)]
    [InlineData("thanks", false)]
    [InlineData("abcdefgh", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", true)]
    public void Letters_alone_are_a_key_only_where_no_word_is_so_long(string text, bool fits) =>
        Assert.Equal(fits, Of("zyxwvutsrqponmlkjihgfedcba").Fits(text));

    [Theory]
    [InlineData("0f8b6c5e-3d2a-4b1c-9e8f-7a6b5c4d3e2f", true)]
    [InlineData("nuts-1", false)]
    [InlineData("please-help-me-with-my-shop", false)]
    public void An_empty_marketplace_knows_what_keys_are_like_everywhere(string text, bool fits) => Assert.Equal(fits, Of().Fits(text));
}
