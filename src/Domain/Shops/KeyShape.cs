namespace MarketBot.Domain.Shops;

/// <summary>
/// The shape of this marketplace's API keys, learnt from some of them: their lengths and kinds of characters. So a key is recognised where nobody asked for
/// one, without telling anybody whether it is right.
/// </summary>
public sealed class KeyShape
{
    /// <summary>The number of keys that are enough to learn from.</summary>
    public const int SampleSize = 200;

    private const int ShortestWithoutSample = 16;

    /// <summary>A key with one character in ten too few or too many is a key with a mistake in it, and nearly as secret.</summary>
    private const int Tolerance = 10;

    /// <summary>No word is as long: letters alone are a key only from this length on.</summary>
    private const int LongestWord = 23;

    private readonly int _shortest;
    private readonly int _longest;
    private readonly HashSet<char> _allowed;
    private readonly HashSet<char> _inAll;

    private KeyShape(int shortest, int longest, HashSet<char> allowed, HashSet<char> inAll) =>
        (_shortest, _longest, _allowed, _inAll) = (shortest, longest, allowed, inAll);

    /// <summary>Learns from keys of the marketplace; without any, from what keys are like everywhere.</summary>
    public static KeyShape Of(IReadOnlyCollection<ApiKey> keys)
    {
        var texts = keys.Select(key => key.Value.Trim()).Where(MayBe).ToList();
        if (texts.Count == 0)
            return new KeyShape(ShortestWithoutSample, ApiKey.MaxLength, ['a', 'A', '0', '-', '_'], ['0']);

        var kinds = texts.ConvertAll(text => text.Select(KindOf).ToHashSet());
        var (shortest, longest) = (texts.Min(text => text.Length), texts.Max(text => text.Length));
        return new KeyShape(
            shortest - (shortest / Tolerance),
            longest + (longest / Tolerance),
            [.. kinds.SelectMany(kind => kind)],
            kinds.Aggregate((all, next) => [.. all.Intersect(next)]));
    }

    /// <summary>Says if a text can be a key of any marketplace: one word of a key's length that is no ordinary word. Other texts need no comparison.</summary>
    public static bool MayBe(string text) =>
        text.Length > 1 && Text.Fits(text, ApiKey.MaxLength) && !text.Any(char.IsWhiteSpace) && (text.Length > LongestWord || !text.All(IsOfAWord));

    /// <summary>Says if a text has the shape of this marketplace's keys.</summary>
    public bool Fits(string text) => MayBe(text) && text.Length >= _shortest && text.Length <= _longest
        && text.All(c => _allowed.Contains(KindOf(c))) && _inAll.All(kind => text.Any(c => KindOf(c) == kind));

    private static bool IsOfAWord(char c) => char.IsLetter(c) || c is '\'' or '!' or '?' or '.' or ',' or ')' or '(' || c > '\u2000';

    /// <summary>Letters of a kind and digits stand for each other; every other character only for itself.</summary>
    private static char KindOf(char c) => c switch
    {
        >= '0' and <= '9' => '0',
        >= 'a' and <= 'z' => 'a',
        >= 'A' and <= 'Z' => 'A',
        _ when char.IsLetter(c) => 'я',
        _ => c,
    };
}
