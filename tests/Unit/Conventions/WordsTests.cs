using System.Reflection;
using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.Rendering;

namespace MarketBot.Tests.Unit.Conventions;

public class WordsTests
{
    private static IReadOnlyList<Refusal> Refusals { get; } =
    [
        .. new[] { House.Domain, House.Application }.SelectMany(a => a.GetTypes()).SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(Refusal)).Select(f => (Refusal)f.GetValue(null)!),
    ];

    public static TheoryData<string> Texts =>
        [.. House.Bot.GetTypes().Where(t => t.Name.EndsWith("Texts", StringComparison.Ordinal) && t is { IsNested: false, IsClass: true }).Select(t => t.Name)];

    [Fact]
    public void Every_refusal_has_a_code_of_its_own()
    {
        Assert.NotEmpty(Refusals);
        Assert.Equal(Refusals.Select(r => r.Code).Distinct().Order(), Refusals.Select(r => r.Code).Order());
        Assert.All(Refusals, r => Assert.Matches("^[a-z]+\\.[a-z_]+$", r.Code));
    }

    [Fact]
    public void Every_refusal_has_words_in_both_languages_and_no_words_lack_a_refusal()
    {
        var codes = Refusals.Select(r => r.Code).Order();

        Assert.All(LanguageChoice.All, language => Assert.Equal(codes, Words.Of(language).Codes.Order()));
    }

    [Fact]
    public void The_words_of_a_refusal_parse_and_differ_between_the_languages() =>
        Assert.All(Refusals, refusal =>
        {
            var ru = HtmlParser.Parse(Words.Of(Language.Ru).Say(refusal).Markup).Text;
            var en = HtmlParser.Parse(Words.Of(Language.En).Say(refusal).Markup).Text;
            Assert.False(string.IsNullOrWhiteSpace(ru) || string.IsNullOrWhiteSpace(en));
            Assert.NotEqual(ru, en);
            Assert.Contains(ru, IsCyrillic);
            Assert.DoesNotContain(en, IsCyrillic);
        });

    [Fact]
    public void Every_notice_has_words_of_its_own_in_both_languages() =>
        Assert.All(
            from notice in Enum.GetValues<Notice>()
            from who in new[] { null, "Gleb" }
            from more in Enumerable.Range(0, 2)
            select (notice, new NoticeArguments("Nuts", who, DateTime.UnixEpoch, Unnamed: more)), told =>
        {
            var (notice, about) = told;
            Assert.Contains(HtmlParser.Parse(Words.Of(Language.Ru).Say(notice, about).Markup).Text, IsCyrillic);
            Assert.DoesNotContain(HtmlParser.Parse(Words.Of(Language.En).Say(notice, about).Markup).Text, IsCyrillic);
        });

    [Fact]
    public void Two_features_that_say_one_refusal_stop_the_start_with_a_clear_line()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => new Words([CommonTexts.Ru, CommonTexts.Ru]));

        Assert.Equal("Two features have words for 'access.forbidden'.", failure.Message);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_word_is_missing_and_each_language_has_its_own(string name)
    {
        var texts = House.Bot.GetTypes().Single(t => t.Name == name);
        var (ru, en) = (texts.GetProperty("Ru")!.GetValue(null)!, texts.GetProperty("En")!.GetValue(null)!);

        var words = texts.GetProperties().Where(p => p.GetMethod is { IsStatic: false }
            && p.Name is not ("EqualityContract" or nameof(IFeatureTexts.Refusals) or nameof(IFeatureTexts.Notices)));
        foreach (var word in words)
        {
            var (russian, english) = (Say(word.GetValue(ru)), Say(word.GetValue(en)));
            Assert.False(string.IsNullOrWhiteSpace(russian) || string.IsNullOrWhiteSpace(english), word.Name);
            Assert.True(russian != english, word.Name);
            Assert.DoesNotContain(english, IsCyrillic);
        }
    }

    [Theory]
    [InlineData("Ru")]
    [InlineData("En")]
    public void A_word_is_given_once_and_serves_as_label_and_as_description_of_a_command(string language)
    {
        var words = from name in Texts
                    let texts = House.Bot.GetTypes().Single(t => t.Name == name.Data)
                    from word in texts.GetProperties()
                    where word.PropertyType == typeof(Plain)
                    select (Name: $"{texts.Name}.{word.Name}", Says: word.GetValue(texts.GetProperty(language)!.GetValue(null))!.ToString());

        Assert.All(words.GroupBy(w => w.Says), same => Assert.Single(same.Select(w => w.Name)));
    }

    private static bool IsCyrillic(char c) => c is >= 'Ѐ' and <= 'ӿ';

    private static string Say(object? word) => word switch
    {
        null => "",
        Html html => HtmlParser.Parse(html.Markup).Text,
        Delegate says =>
            Say(says.DynamicInvoke(
                [.. says.Method.GetParameters().Where(p => p.ParameterType != says.Target?.GetType()).Select(p => Sample(p.ParameterType))])),
        _ => word.ToString()!,
    };

    private static object Sample(Type type) => type == typeof(int) ? 5 : type == typeof(bool) ? true : "Nuts";
}
