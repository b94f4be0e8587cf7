namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>Draws those refusals of a feature that offer another way on than the menu. A scan finds every implementation.</summary>
internal interface IRefusalView
{
    /// <summary>Draws a refusal.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="words">The refusal in words.</param>
    /// <param name="role">The role of a signed-in person; null for anybody else.</param>
    /// <param name="language">The language to speak.</param>
    /// <returns>The screen; null for a refusal that this view does not draw.</returns>
    Reply? Render(Refusal refusal, Html words, Role? role, Language language);
}

/// <summary>Tells refusals of an input from refusals of a person.</summary>
internal static class RefusalOfInput
{
    /// <summary>
    /// Says whether the prompt should be shown again at once: a wait or a repetition is all it takes, or the refusal is one of those that the feature names as
    /// refusals of the input.
    /// </summary>
    public static bool MayBeTriedAgain(this Refusal refusal, params ReadOnlySpan<Refusal> ofInput) =>
        refusal.Code == AccessRefusals.TooManyAttempts.Code || refusal == AccessRefusals.Conflict || ofInput.Contains(refusal);
}
