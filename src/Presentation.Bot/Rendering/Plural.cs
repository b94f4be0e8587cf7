namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>Times to wait, in words with the right plural (CLDR plural rules).</summary>
internal static class Wait
{
    /// <summary>Rounded up, in minutes or hours.</summary>
    public static string In(Language language, TimeSpan? time)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling((time ?? TimeSpan.Zero).TotalMinutes));
        if (minutes < 60)
            return $"{minutes} {Plural.Of(language, minutes, ("минуту", "минуты", "минут"), ("minute", "minutes"))}";

        var hours = (minutes + 59) / 60;
        return $"{hours} {Plural.Of(language, hours, ("час", "часа", "часов"), ("hour", "hours"))}";
    }
}

/// <summary>Forms of words after numbers (CLDR plural rules: Russian one, few, many; English one, other).</summary>
internal static class Plural
{
    /// <summary>The form for a number.</summary>
    public static string Of(Language language, int number, (string One, string Few, string Many) ru, (string One, string Other) en) => language switch
    {
        Language.En => number == 1 ? en.One : en.Other,
        _ => (number % 10, number % 100) switch
        {
            (1, not 11) => ru.One,
            ( >= 2 and <= 4, not (>= 12 and <= 14)) => ru.Few,
            _ => ru.Many,
        },
    };
}
