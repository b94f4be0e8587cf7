namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>A screen that asks for a text, with a way out.</summary>
internal static class PromptView
{
    /// <summary>Draws it.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="why">The reason why the text before was refused, if there was one.</param>
    /// <param name="cancel">The button that cancels.</param>
    /// <param name="awaits">The record that the next text answers.</param>
    /// <param name="language">The language of the screen.</param>
    public static Reply Render(Html ask, Html? why, IButton cancel, IAwaited awaits, Language language) => Reply.Screen(
        why is { } above ? Html.Paragraphs(above, ask) : ask,
        Keyboard.Of([Button.For(CommonTexts.Of(language).Cancel, cancel)])) with
    {
        Awaits = awaits,
    };
}
