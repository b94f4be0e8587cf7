namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>A language the bot speaks.</summary>
internal enum Language
{
    Ru,

    En,
}

/// <summary>Chooses the language for a person.</summary>
internal static class LanguageChoice
{
    public static IReadOnlyList<Language> All { get; } = [Language.Ru, Language.En];

    /// <summary>The chosen language, or the one of the person's client by its IETF tag (<c>en-GB</c> counts as <c>en</c>), or the default.</summary>
    public static Language For(string? chosen, TelegramProfile person, Language byDefault) => For(chosen, person.LanguageCode, byDefault);

    /// <summary>The language for somebody who has not just written: what the conversation remembers of both.</summary>
    public static Language For(Session? session, Language byDefault) => For(session?.Language, session?.ClientLanguage, byDefault);

    /// <summary>The language of a two-letter code; null for any other.</summary>
    public static Language? Parse(string? code) => code?.ToUpperInvariant() switch
    {
        "RU" => Language.Ru,
        "EN" => Language.En,
        _ => null,
    };

    private static Language For(string? chosen, string? client, Language byDefault) => Parse(chosen) ?? Parse(client?.Split('-', '_')[0]) ?? byDefault;

    /// <summary>The two-letter code.</summary>
    public static string Code(this Language language) => language == Language.Ru ? "ru" : "en";

    /// <summary>The language's own word for itself.</summary>
    public static string OwnName(this Language language) => language == Language.Ru ? "Русский" : "English";
}
