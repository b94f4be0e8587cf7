using MarketBot.Application.Common;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.Rendering;

namespace MarketBot.Tests.Unit.Presentation.Rendering;

/// <summary>Notices of others' changes, and several changes in one message.</summary>
public class NoticeTests
{
    private const int MostCharacters = 4096;

    private static readonly DateTime At = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    public static TheoryData<Notice> Switches => [Notice.ShopOn, Notice.ShopOff, Notice.PricesOn, Notice.PricesOff];

    [Fact]
    public void A_single_change_is_told_as_ever()
    {
        Assert.Equal("✅ Магазин Shop 1 включён.\nНа сайте, 04.03.2026 05:06 UTC", Ru(Notice.ShopOn, 1));
        Assert.Equal("⏸ Price updating of the shop Shop 1 has been turned off.\nOn the site, 2026-03-04 05:06 UTC", En(Notice.PricesOff, 1));
    }

    [Fact]
    public void A_few_changes_are_all_named()
    {
        Assert.Equal("⏸ Выключены 3 магазина:\n• Shop 1\n• Shop 2\n• Shop 3\nКто: Anna, 04.03.2026 05:06 UTC", Ru(Notice.ShopOff, 3, "Anna"));
        Assert.Equal("✅ 2 shops have been turned on:\n• Shop 1\n• Shop 2\nBy Anna, 2026-03-04 05:06 UTC", En(Notice.ShopOn, 2, "Anna"));
    }

    [Fact]
    public void Ten_are_named_and_no_more()
    {
        Assert.EndsWith("• Shop 10\nНа сайте, 04.03.2026 05:06 UTC", Ru(Notice.ShopOn, 10), StringComparison.Ordinal);
        Assert.EndsWith("• Shop 10\n…и ещё 1 магазин\nНа сайте, 04.03.2026 05:06 UTC", Ru(Notice.ShopOn, 11), StringComparison.Ordinal);
        Assert.EndsWith("• Shop 10\n…and 990 more\nOn the site, 2026-03-04 05:06 UTC", En(Notice.ShopOn, 1000), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "✅ Включены 2 магазина:", "✅ Обновление цен включено у 2 магазинов:")]
    [InlineData(5, "✅ Включено 5 магазинов:", "✅ Обновление цен включено у 5 магазинов:")]
    [InlineData(21, "✅ Включён 21 магазин:", "✅ Обновление цен включено у 21 магазина:")]
    [InlineData(112, "✅ Включено 112 магазинов:", "✅ Обновление цен включено у 112 магазинов:")]
    [InlineData(1003, "✅ Включены 1003 магазина:", "✅ Обновление цен включено у 1003 магазинов:")]
    public void Russian_numbers_agree_with_their_words(int count, string shops, string prices)
    {
        Assert.StartsWith(shops, Ru(Notice.ShopOn, count), StringComparison.Ordinal);
        Assert.StartsWith(prices, Ru(Notice.PricesOn, count), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12, "…и ещё 2 магазина")]
    [InlineData(15, "…и ещё 5 магазинов")]
    [InlineData(31, "…и ещё 21 магазин")]
    [InlineData(1000, "…и ещё 990 магазинов")]
    public void Russian_rests_agree_with_their_words(int count, string rest) =>
        Assert.Contains(rest + "\n", Ru(Notice.PricesOff, count), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Switches))]
    public void However_long_the_names_are_it_is_one_message(Notice notice)
    {
        var endless = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦<א&>", 40));
        var thousand = Enumerable.Range(0, 1_000).Select(_ => new NoticeArguments(endless, endless, At)).Aggregate((all, one) => all.And(one));
        var arguments = thousand with { Unnamed = int.MaxValue / 2 };

        Assert.All(
            LanguageChoice.All, language => Assert.InRange(HtmlParser.Parse(Words.Of(language).Say(notice, arguments).Markup).Text.Length, 1, MostCharacters));
    }

    [Fact]
    public void However_the_changes_are_put_together_all_count_and_the_first_ten_are_named()
    {
        var (first, second) = (Shops(1, 7), Shops(8, 27));

        var all = first.And(second);

        Assert.Equal((27, 17), (all.Count, all.Unnamed));
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"Shop {i}"), all.Named);
        Assert.Equal(At.AddSeconds(27), all.At);
        Assert.Equal(all.At, second.And(first).At);
        Assert.Equal(27, second.And(first).Count);
    }

    [Fact]
    public void What_is_stored_is_read_back_also_as_it_was_before_there_were_several()
    {
        var read = NoticeArguments.FromJson(Shops(1, 13).ToJson());
        var old = NoticeArguments.FromJson("""{"Shop":"Nuts","Who":"Anna","At":"2026-03-04T05:06:07Z"}""");

        Assert.Equal((13, "Shop 10"), (read.Count, read.Named[^1]));
        Assert.Equal((1, "Nuts", "Anna", At), (old.Count, old.Shop, old.Who, old.At));
        Assert.DoesNotContain("Count", Shops(1, 13).ToJson(), StringComparison.Ordinal);
    }

    private static string Ru(Notice notice, int count, string? who = null) => Say(Language.Ru, notice, count, who);

    private static string En(Notice notice, int count, string? who = null) => Say(Language.En, notice, count, who);

    private static string Say(Language language, Notice notice, int count, string? who) =>
        HtmlParser.Parse(Words.Of(language).Say(notice, Shops(1, count) with { Who = who, At = At }).Markup).Text;

    private static NoticeArguments Shops(int first, int last) =>
        Enumerable.Range(first, last - first + 1).Select(i => new NoticeArguments($"Shop {i}", null, At.AddSeconds(i))).Aggregate((all, one) => all.And(one));
}
