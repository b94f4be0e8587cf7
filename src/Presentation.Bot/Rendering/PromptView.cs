namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>A screen that asks for a text, with a way out.</summary>
internal static class PromptView
{
    /// <summary>Draws it.</summary>
    /// <param name="ask">What is asked for.</param>
    /// <param name="why">What was wrong with the text before, if anything.</param>
    /// <param name="cancel">Where Cancel leads.</param>
    /// <param name="awaits">What the next text will mean.</param>
    /// <param name="language">What to speak.</param>
    public static Reply Render(Html ask, Html? why, IButton cancel, IAwaited awaits, Language language) => Reply.Screen(
        why is { } above ? Html.Paragraphs(above, ask) : ask,
        Keyboard.Of([Button.For(CommonTexts.Of(language).Cancel, cancel)])) with
    {
        Awaits = awaits,
    };
}
