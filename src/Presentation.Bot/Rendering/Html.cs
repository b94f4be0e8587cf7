using System.Runtime.CompilerServices;

namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>
/// Text in Telegram's HTML style (Bot API: "HTML style"). Whatever fills a hole is cleaned and escaped, unless it is <see cref="Html"/> itself; so no name of a
/// shop or person can break a message.
/// </summary>
internal readonly record struct Html(string Markup)
{
    /// <summary>Markup with holes.</summary>
    public static Html Of(Template template) => new(template.ToString());

    public static Html Lines(params IEnumerable<Html> lines) => new(string.Join('\n', lines.Select(l => l.Markup)));

    /// <summary>Paragraphs, an empty line between them.</summary>
    public static Html Paragraphs(params IEnumerable<Html> paragraphs) => new(string.Join("\n\n", paragraphs.Select(l => l.Markup)));

    /// <inheritdoc />
    public override string ToString() => Markup;
}

/// <summary>Builds <see cref="Html"/> from an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly struct Template(int literalLength, int holes)
{
    private readonly StringBuilder _text = new(literalLength + (holes * 16));

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(Html inner) => _text.Append(inner.Markup);

    public void AppendFormatted<T>(T value)
    {
        foreach (var c in OutsideText.Clean(Convert.ToString(value, CultureInfo.InvariantCulture)))
        {
            _ = c switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                _ => _text.Append(c),
            };
        }
    }

    public override string ToString() => _text.ToString();
}

/// <summary>Plain text, for buttons and toasts; holes are cleaned, nothing is escaped.</summary>
internal readonly record struct Plain(string Text)
{
    /// <summary>Text with holes.</summary>
    public static Plain Of(PlainTemplate template) => new(template.ToString());

    /// <summary>A text of our own.</summary>
    public static implicit operator Plain(string text) => new(text);

    /// <inheritdoc />
    public override string ToString() => Text;
}

/// <summary>Builds <see cref="Plain"/> from an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly struct PlainTemplate(int literalLength, int holes)
{
    private readonly StringBuilder _text = new(literalLength + (holes * 16));

    public void AppendLiteral(string text) => _text.Append(text);

    public void AppendFormatted<T>(T value) => _text.Append(OutsideText.Clean(Convert.ToString(value, CultureInfo.InvariantCulture)));

    public override string ToString() => _text.ToString();
}

/// <summary>Makes text that people outside wrote fit to stand between our words.</summary>
internal static class OutsideText
{
    private const int MostGraphemes = 64;

    /// <summary>The longest name on a screen: a card with twenty warehouses of such names fits into a message.</summary>
    private const int MostUnits = 160;

    private const char Isolate = '\u2068';
    private const char EndOfIsolate = '\u2069';

    /// <summary>
    /// On one line, without control and bidi control characters and lone surrogates, cut at a grapheme, and isolated (Unicode UAX #9: FSI, PDI) when a part of
    /// it runs from right to left.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text.Length <= MostGraphemes && text.All(c => c is >= ' ' and < '\u007f' or >= 'Ѐ' and <= 'ӿ'))
            return text;

        var kept = new StringBuilder(text.Length);
        var isRightToLeft = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' or 0x2028 or 0x2029)
                kept.Append(' ');
            else if (rune != Rune.ReplacementChar && !Rune.IsControl(rune) && !IsBidiControl(rune.Value))
                kept.Append(rune);
            isRightToLeft |= IsRightToLeft(rune.Value);
        }

        var cut = Cut(kept.ToString());
        return isRightToLeft ? $"{Isolate}{cut}{EndOfIsolate}" : cut;
    }

    private static string Cut(string text)
    {
        var graphemes = 0;
        for (var at = 0; at < text.Length;)
        {
            var next = at + StringInfo.GetNextTextElementLength(text, at);
            if (graphemes == MostGraphemes || next > MostUnits)
                return $"{text[..at]}…";
            graphemes++;
            at = next;
        }

        return text;
    }

    private static bool IsBidiControl(int c) => c is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>The blocks of right-to-left scripts (Unicode: Hebrew to Arabic Extended, presentation forms, and the plane-1 range kept for them).</summary>
    private static bool IsRightToLeft(int c) =>
        c is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
