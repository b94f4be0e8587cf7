using MarketBot.Domain.Common;

namespace MarketBot.Tests.Unit.Domain.Common;

public class TextTests
{
    [Theory]
    [InlineData(null, 5, "")]
    [InlineData("", 5, "")]
    [InlineData("Nuts", 0, "")]
    [InlineData("Nuts", 4, "Nuts")]
    [InlineData("Nuts", 3, "Nut")]
    [InlineData("Орехи", 3, "Оре")]
    public void Text_is_cut_to_code_points(string? text, int codePoints, string expected) =>
        Assert.Equal(expected, Text.Cut(text, codePoints));

    [Fact]
    public void A_surrogate_pair_counts_once_and_is_never_split()
    {
        var cut = Text.Cut("🌰🌰🌰", 2);

        Assert.Equal("🌰🌰", cut);
    }

    [Fact]
    public void Lone_surrogates_are_left_out()
    {
        string[] broken = ["a\ud83cb", "a\udf30b", "ab\ud83c", "\udf30\ud83cab"];

        Assert.All(broken, text => Assert.Equal("ab", Text.Cut(text, 10)));
    }

    [Fact]
    public void Nul_is_left_out_and_does_not_count()
    {
        var cut = Text.Cut("\0a\0\0bc", 2);

        Assert.Equal("ab", cut);
    }

    [Fact]
    public void What_is_cut_once_stays_as_it_is()
    {
        var once = Text.Cut("🌰\0\ud83c орехи", 5);

        Assert.Equal(once, Text.Cut(once, 5));
    }
}
