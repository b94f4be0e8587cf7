namespace MarketBot.Playground;

/// <summary>Cleans a text as Telegram does before it stores it: no lone surrogates, no control characters, no bidi embeddings, no outer white space.</summary>
internal static class Scalars
{
    public static bool HasLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    public static string Repair(string text)
    {
        if (!HasLoneSurrogate(text))
            return text;
        var repaired = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            repaired.Append(rune.ToString());
        return repaired.ToString();
    }

    public static FormattedText Tidy(FormattedText source)
    {
        var (text, entities) = (source.Text, source.Entities);
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0 || text.AsSpan().IndexOfAnyInRange('\u2028', '\u202E') >= 0)
            (text, entities) = Strip(text, entities);

        var end = text.Length;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
            end--;

        var firstEntity = entities.Count > 0 ? Math.Min(entities[0].Offset, end) : end;
        var start = 0;
        while (start < firstEntity && text[start] is ' ' or '\n')
            start++;

        if (start == 0 && end == text.Length)
            return ReferenceEquals(text, source.Text) ? source : new FormattedText(text, entities);
        return new FormattedText(text[start..end], Clip(entities, start, end));
    }

    private static List<TextEntity> Clip(IReadOnlyList<TextEntity> entities, int start, int end)
    {
        var kept = new List<TextEntity>(entities.Count);
        foreach (var entity in entities)
        {
            var last = Math.Min(entity.End, end);
            if (last > entity.Offset)
                kept.Add(entity with { Offset = entity.Offset - start, Length = last - entity.Offset });
        }

        return kept;
    }

    // Bidi embeddings and overrides (U+2028..U+202E) vanish, other controls become spaces; entities move with the text.
    private static (string Text, IReadOnlyList<TextEntity> Entities) Strip(string text, IReadOnlyList<TextEntity> entities)
    {
        var map = new int[text.Length + 1];
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            map[i] = kept.Length;
            var c = text[i];
            if (c is '\r' or (>= '\u2028' and <= '\u202E'))
                continue;
            kept.Append(c < ' ' && c != '\n' ? ' ' : c);
        }

        map[text.Length] = kept.Length;
        var moved = new List<TextEntity>(entities.Count);
        foreach (var entity in entities)
        {
            var (from, to) = (map[entity.Offset], map[entity.End]);
            if (to > from)
                moved.Add(entity with { Offset = from, Length = to - from });
        }

        return (kept.ToString(), moved);
    }
}
