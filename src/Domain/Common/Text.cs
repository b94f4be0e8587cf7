using System.Text;

namespace MarketBot.Domain.Common;

/// <summary>Rules for text that ends in a column of limited length.</summary>
public static class Text
{
    /// <summary>Says if a text fits into <c>varchar(n)</c> as it is.</summary>
    public static bool Fits(string? text, int codePoints) => string.Equals(Cut(text, codePoints), text ?? "", StringComparison.Ordinal);

    /// <summary>
    /// Cuts to a number of code points, as <c>varchar(n)</c> counts on PostgreSQL, never inside a surrogate pair; a lone surrogate, which no UTF-8 database can
    /// store, and NUL, which PostgreSQL refuses, are left out.
    /// </summary>
    public static string Cut(string? text, int codePoints)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var kept = new StringBuilder(Math.Min(text.Length, codePoints * 2));
        for (var i = 0; i < text.Length && codePoints > 0;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                i++;
                continue;
            }

            i += rune.Utf16SequenceLength;
            if (rune.Value == 0)
                continue;

            kept.Append(rune);
            codePoints--;
        }

        return kept.ToString();
    }
}
