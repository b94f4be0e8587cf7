using MarketBot.Domain.Accounts;

namespace MarketBot.Tests.Unit.Domain.Accounts;

public class UsernameTests
{
    [Theory]
    [InlineData("admin", "admin")]
    [InlineData("  admin\n", "admin")]
    [InlineData("Ａｄｍｉｎ", "Admin")]
    [InlineData("ﬁona", "fiona")]
    [InlineData("и\u0306ван", "йван")]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData("Иван Петров", "Иван Петров")]
    [InlineData("ad\0min", "admin")]
    public void A_username_is_read_as_the_marketplace_stores_it(string typed, string expected)
    {
        var username = Username.Parse(typed);

        Assert.Equal(expected, username.Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("\0\0")]
    [InlineData("ad\nmin")]
    [InlineData("ad\u0007min")]
    public void What_can_be_no_username_is_refused(string? typed)
    {
        var username = Username.Parse(typed);

        Assert.Equal(AccountRefusals.UsernameInvalid, username.Refusal);
    }

    [Fact]
    public void A_username_has_at_most_150_characters()
    {
        Assert.Null(Username.Parse(new string('ж', 150)).Refusal);
        Assert.Equal(AccountRefusals.UsernameInvalid, Username.Parse(new string('ж', 151)).Refusal);
        Assert.Equal(AccountRefusals.UsernameInvalid, Username.Parse(new string('ж', 100_000)).Refusal);
        Assert.Null(Username.Parse(string.Concat(Enumerable.Repeat("🙂", 150))).Refusal);
        Assert.Equal(AccountRefusals.UsernameInvalid, Username.Parse(string.Concat(Enumerable.Repeat("🙂", 151))).Refusal);
    }

    [Fact]
    public void A_username_that_grows_too_long_when_normalised_is_refused()
    {
        var typed = new string('\ufdfa', 10);

        Assert.Equal(AccountRefusals.UsernameInvalid, Username.Parse(typed).Refusal);
    }

    [Fact]
    public void Lone_surrogates_do_not_count()
    {
        Assert.Equal("admin", Username.Parse("ad\ud83cmin").Value);
        Assert.Equal(AccountRefusals.UsernameInvalid, Username.Parse("\ud83c").Refusal);
    }

    [Fact]
    public void Noncharacters_are_no_reason_to_throw()
    {
        string[] odd = ["admin\ufffe", "\ufffe", "\uffff", "a\ufdd0"];

        Assert.All(odd, typed => Assert.Null(Record.Exception(() => Username.Parse(typed))));
    }
}
