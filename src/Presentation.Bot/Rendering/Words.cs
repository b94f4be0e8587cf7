using System.Collections.Frozen;
using System.Reflection;

namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>
/// The texts of a feature in one language. A scan finds every implementation, so a new refusal or notice brings its words in its own feature.
/// </summary>
internal interface IFeatureTexts
{
    /// <summary>The words of the feature's refusals, by the refusal's code.</summary>
    IReadOnlyDictionary<string, Func<Refusal, Html>> Refusals => FrozenDictionary<string, Func<Refusal, Html>>.Empty;

    /// <summary>The words of the notices that people get when somebody else changed something in the feature.</summary>
    IReadOnlyDictionary<Notice, Func<NoticeArguments, Html>> Notices => FrozenDictionary<Notice, Func<NoticeArguments, Html>>.Empty;
}

/// <summary>The texts of a feature in every language.</summary>
/// <typeparam name="TSelf">The record of texts itself.</typeparam>
internal interface IFeatureTexts<TSelf> : IFeatureTexts
    where TSelf : IFeatureTexts<TSelf>
{
    /// <summary>The texts in a language.</summary>
    static abstract TSelf Of(Language language);
}

/// <summary>Says refusals and notices in one language, with the words of whichever feature they belong to.</summary>
internal sealed class Words
{
    private static readonly FrozenDictionary<Language, Words> ByLanguage =
        LanguageChoice.All.ToFrozenDictionary(language => language, language => new Words(TextsOf(typeof(Words).Assembly, language)));

    private readonly FrozenDictionary<string, Func<Refusal, Html>> _refusals;
    private readonly FrozenDictionary<Notice, Func<NoticeArguments, Html>> _notices;

    /// <summary>The words of the given texts, all of one language.</summary>
    /// <exception cref="InvalidOperationException">Two features say one refusal or notice; the message names it.</exception>
    public Words(IEnumerable<IFeatureTexts> features)
    {
        IFeatureTexts[] texts = [.. features];
        _refusals = Once(texts.SelectMany(t => t.Refusals));
        _notices = Once(texts.SelectMany(t => t.Notices));
    }

    /// <summary>The codes of the refusals that have words.</summary>
    public IEnumerable<string> Codes => _refusals.Keys;

    /// <summary>The words of a language.</summary>
    public static Words Of(Language language) => ByLanguage[language];

    public Html Say(Refusal refusal) => _refusals[refusal.Code](refusal);

    public Html Say(Notice notice, NoticeArguments arguments) => _notices[notice](arguments);

    private static FrozenDictionary<TKey, TSay> Once<TKey, TSay>(IEnumerable<KeyValuePair<TKey, TSay>> words)
        where TKey : notnull
    {
        var all = words.ToList();
        return all.GroupBy(w => w.Key).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new InvalidOperationException($"Two features have words for '{twice.Key}'.")
            : all.ToFrozenDictionary();
    }

    private static IEnumerable<IFeatureTexts> TextsOf(Assembly assembly, Language language) => assembly.GetTypes()
        .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IFeatureTexts<>)))
        .Select(t => (IFeatureTexts)t.GetMethod(nameof(Of), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [language])!);
}
