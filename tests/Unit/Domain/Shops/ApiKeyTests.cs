using MarketBot.Domain.Shops;

namespace MarketBot.Tests.Unit.Domain.Shops;

public class ApiKeyTests
{
    [Theory]
    [InlineData("k-1", "k-1")]
    [InlineData(" \n k-1\t", "k-1")]
    [InlineData("ключ с пробелом", "ключ с пробелом")]
    public void A_key_is_read_without_the_blanks_around_it(string typed, string expected) => Assert.Equal(expected, ApiKey.Parse(typed).Value.Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("k\0-1")]
    public void What_can_be_no_key_is_refused(string? typed) => Assert.Equal(ShopRefusals.KeyNotRecognised, ApiKey.Parse(typed).Refusal);

    [Fact]
    public void A_key_has_at_most_50_characters()
    {
        Assert.Null(ApiKey.Parse(new string('k', 50)).Refusal);
        Assert.Equal(ShopRefusals.KeyNotRecognised, ApiKey.Parse(new string('k', 51)).Refusal);
        Assert.Null(ApiKey.Parse(string.Concat(Enumerable.Repeat("🔑", 50))).Refusal);
        Assert.Equal(ShopRefusals.KeyNotRecognised, ApiKey.Parse(string.Concat(Enumerable.Repeat("🔑", 51))).Refusal);
    }

    [Fact]
    public void Half_a_character_is_no_key() => Assert.Equal(ShopRefusals.KeyNotRecognised, ApiKey.Parse("k\ud83c").Refusal);

    [Fact]
    public void A_key_never_prints_itself()
    {
        var key = ApiKey.Parse("k-1").Value;

        Assert.Equal("***", key.ToString());
        Assert.Equal("***", $"{key}");
        Assert.DoesNotContain("k-1", ApiKey.Parse("k-1").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stored_key_may_be_empty_and_equals_what_was_typed()
    {
        Assert.Equal("", ApiKey.Stored("").Value);
        Assert.Equal(ApiKey.Stored("k-1"), ApiKey.Parse("k-1").Value);
        Assert.NotEqual(ApiKey.Stored("k-1"), ApiKey.Stored("K-1"));
    }
}
