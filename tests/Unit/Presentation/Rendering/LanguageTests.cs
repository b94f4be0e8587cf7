using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Rendering;

namespace MarketBot.Tests.Unit.Presentation.Rendering;

public class LanguageTests
{
    [Theory]
    [InlineData(null, null, "Ru")]
    [InlineData(null, "ru", "Ru")]
    [InlineData(null, "en", "En")]
    [InlineData(null, "en-GB", "En")]
    [InlineData(null, "EN_us", "En")]
    [InlineData(null, "de", "Ru")]
    [InlineData(null, "", "Ru")]
    [InlineData("en", "ru", "En")]
    [InlineData("ru", "en", "Ru")]
    [InlineData("xx", "en", "En")]
    public void The_choice_counts_first_then_the_client_then_the_default(string? chosen, string? client, string expected)
    {
        var language = LanguageChoice.For(chosen, new TelegramProfile(new TelegramId(1), "Anna", LanguageCode: client), Language.Ru);

        Assert.Equal(Enum.Parse<Language>(expected), language);
    }

    [Theory]
    [InlineData(null, null, "Ru")]
    [InlineData(null, "en-US", "En")]
    [InlineData("ru", "en", "Ru")]
    public void Whoever_has_not_just_written_is_told_in_the_language_that_is_remembered(string? chosen, string? client, string expected)
    {
        var session = new Session(new TelegramId(1), null, chosen, 0, null, client);

        Assert.Equal(Enum.Parse<Language>(expected), LanguageChoice.For(session, Language.Ru));
    }

    [Fact]
    public void The_default_is_configured() =>
        Assert.Equal(Language.En, LanguageChoice.For(null, new TelegramProfile(new TelegramId(1), "Anna", LanguageCode: "de"), Language.En));

    [Fact]
    public void Every_language_has_a_code_that_leads_back_to_it() =>
        Assert.All(LanguageChoice.All, l => Assert.Equal(l, LanguageChoice.Parse(l.Code())));

    [Theory]
    [InlineData(1, "минуту")]
    [InlineData(2, "минуты")]
    [InlineData(4, "минуты")]
    [InlineData(5, "минут")]
    [InlineData(11, "минут")]
    [InlineData(12, "минут")]
    [InlineData(14, "минут")]
    [InlineData(21, "минуту")]
    [InlineData(22, "минуты")]
    [InlineData(25, "минут")]
    [InlineData(59, "минут")]
    public void Russian_minutes_have_three_forms(int minutes, string form) =>
        Assert.Equal($"{minutes} {form}", Wait.In(Language.Ru, TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(0, "1 minute")]
    [InlineData(-5, "1 minute")]
    [InlineData(1, "1 minute")]
    [InlineData(60, "1 minute")]
    [InlineData(61, "2 minutes")]
    [InlineData(3_540, "59 minutes")]
    [InlineData(3_541, "1 hour")]
    [InlineData(3_601, "2 hours")]
    [InlineData(86_400, "24 hours")]
    public void English_waits_are_rounded_up(int seconds, string expected) => Assert.Equal(expected, Wait.In(Language.En, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "1 час")]
    [InlineData(2, "2 часа")]
    [InlineData(11, "11 часов")]
    [InlineData(21, "21 час")]
    [InlineData(24, "24 часа")]
    public void Russian_hours_have_three_forms(int hours, string expected) => Assert.Equal(expected, Wait.In(Language.Ru, TimeSpan.FromHours(hours)));

    [Fact]
    public void A_wait_of_unknown_length_is_a_minute() => Assert.Equal("1 минуту", Wait.In(Language.Ru, null));

    [Theory]
    [InlineData(0, "shops")]
    [InlineData(1, "shop")]
    [InlineData(2, "shops")]
    [InlineData(101, "shops")]
    public void English_has_two_forms(int number, string expected) => Assert.Equal(expected, Plural.Of(Language.En, number, ("", "", ""), ("shop", "shops")));
}
