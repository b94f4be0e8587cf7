using System.Globalization;
using System.Text;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.Rendering;

namespace MarketBot.Tests.Unit.Presentation.Rendering;

public class HtmlTests
{
    private const char Isolate = '\u2068';
    private const char EndOfIsolate = '\u2069';

    private static string Shown(string name)
    {
        var text = HtmlParser.Parse(Html.Of($"<b>[{name}]</b>").Markup).Text;
        Assert.Equal(('[', ']'), (text[0], text[^1]));
        return text[1..^1];
    }

    private static void IsHarmless(string shown)
    {
        var inner = shown.StartsWith(Isolate) ? shown[1..^1] : shown;
        Assert.Equal(inner != shown, shown.EndsWith(EndOfIsolate));
        Assert.DoesNotContain(
            inner, c =>
                char.IsControl(c)
                    || c is '\u2028' or '\u2029' or '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
        Assert.True(inner.Length <= 161);
        Assert.DoesNotContain(inner.EnumerateRunes(), r => r == Rune.ReplacementChar);
        Assert.InRange(new StringInfo(inner).LengthInTextElements, 0, 65);
    }

    [Fact]
    public void Our_markup_stays_and_what_fills_a_hole_is_escaped()
    {
        var html = Html.Of($"<b>{"<i>&\""}</b> {7}");

        Assert.Equal("<b>&lt;i&gt;&amp;&quot;</b> 7", html.Markup);
        Assert.Equal(html.Markup, html.ToString());
    }

    [Fact]
    public void Html_in_a_hole_is_not_escaped_again() => Assert.Equal("<i>a &amp; b</i>!", Html.Of($"{Html.Of($"<i>{"a & b"}</i>")}!").Markup);

    [Fact]
    public void Numbers_do_not_depend_on_the_machines_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");

        var html = Html.Of($"{1.5} {1_000_000}");

        CultureInfo.CurrentCulture = before;
        Assert.Equal("1.5 1000000", html.Markup);
    }

    [Fact]
    public void Lines_and_paragraphs_are_joined()
    {
        Html[] parts = [Html.Of($"a"), Html.Of($"<b>b</b>")];

        Assert.Equal("a\n<b>b</b>", Html.Lines(parts).Markup);
        Assert.Equal("a\n\n<b>b</b>", Html.Paragraphs(parts).Markup);
    }

    [Theory]
    [InlineData("Ореховый рай")]
    [InlineData("Nuts & <Candles> \"100%\" {0}")]
    [InlineData("Café Ünïcödé 日本")]
    [InlineData("🌰 👨‍👩‍👧‍👦 🏳️‍🌈")]
    public void Ordinary_names_are_shown_as_they_are(string name) => Assert.Equal(name, Shown(name));

    [Fact]
    public void Hostile_names_break_nothing() => Assert.All(Presentation.Shown.HostileNames, name => IsHarmless(Shown(name)));

    [Fact]
    public void A_name_stays_on_one_line() => Assert.Equal("two lines  and more still end", Shown("two\nlines\r\nand\u2028more\u2029still\tend"));

    [Fact]
    public void Bidi_controls_and_lone_surrogates_are_left_out()
    {
        Assert.Equal("invoicegnp.exe", Shown("invoice\u202Egnp.exe\u202C"));
        Assert.Equal("nested", Shown("\u2066\u2067\u2068nested\u2069"));
        Assert.Equal("ab", Shown("a\ud83cb\udf30"));
        Assert.Equal("red", Shown("\0re\u0007d\u007f\u0085"));
    }

    [Fact]
    public void A_name_that_runs_from_right_to_left_is_isolated()
    {
        Assert.Equal($"{Isolate}חנות (1){EndOfIsolate}", Shown("חנות (1)"));
        Assert.Equal($"{Isolate}Shop متجر{EndOfIsolate}", Shown("Shop متجر"));
        Assert.Equal($"{Isolate}{new string('ש', 64)}…{EndOfIsolate}", Shown(new string('ש', 255)));
    }

    [Fact]
    public void A_long_name_is_cut_at_64_graphemes()
    {
        Assert.Equal(new string('W', 64), Shown(new string('W', 64)));
        Assert.Equal(new string('W', 64) + "…", Shown(new string('W', 65)));
        Assert.Equal(new string('W', 64) + "…", Shown(new string('W', 255)));
    }

    [Fact]
    public void An_emoji_of_ten_code_points_is_never_cut_in_two()
    {
        const string Kiss = "👨🏻‍❤️‍💋‍👨🏼";

        var shown = Shown(string.Concat(Enumerable.Repeat(Kiss, 100)));

        Assert.EndsWith("…", shown, StringComparison.Ordinal);
        Assert.Equal("", shown[..^1].Replace(Kiss, "", StringComparison.Ordinal));
        Assert.InRange(shown.Length, 140, 161);
    }

    [Fact]
    public void A_tower_of_marks_is_cut_before_it_fills_the_screen() => Assert.Equal("ab…", Shown("abZ" + new string('\u0301', 300)));

    [Fact]
    public void Ten_thousand_random_names_break_nothing()
    {
        var random = new Random(20260303);
        string[] pieces = [
            "<", ">", "&", "\"", "</code>", "&amp", ";", "#", "a", "я", "ש", "ع", "🌰", "\u200D", "\uFE0F", "\u0301", "\u202E", "\u2068", "\u2069", "\ud83c",
            "\udf30", "\n", "\0", "\u2028", " ", "{0}", "%s", "\ufffd", "\uffff", "\U0010FFFF", "한", "e"];

        for (var i = 0; i < 10_000; i++)
            IsHarmless(Shown(string.Concat(Enumerable.Range(0, random.Next(120)).Select(_ => pieces[random.Next(pieces.Length)]))));
    }

    [Fact]
    public void Plain_text_is_cleaned_but_not_escaped()
    {
        var plain = Plain.Of($"«{"<b>\u202E\n" + new string('W', 100)}»");

        Assert.Equal($"«<b> {new string('W', 60)}…»", plain.Text);
        Assert.Equal(plain.Text, plain.ToString());
    }

    [Fact]
    public void Nothing_is_shown_as_nothing()
    {
        string? nothing = null;

        Assert.Equal("«»", Plain.Of($"«{nothing}»").Text);
        Assert.Equal("<b></b>", Html.Of($"<b>{nothing}</b>").Markup);
    }
}
