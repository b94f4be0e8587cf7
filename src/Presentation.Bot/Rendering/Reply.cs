namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>What a screen answers: a value that only the sender of replies turns into Bot API calls.</summary>
internal sealed record Reply
{
    private Reply()
    {
    }

    /// <summary>The screen's text; null leaves the screen as it is.</summary>
    public Html? Text { get; private init; }

    /// <summary>The screen's buttons.</summary>
    public Keyboard Keyboard { get; private init; } = Keyboard.None;

    /// <summary>A line that shows briefly over the chat, where a button was pressed (Bot API: <c>answerCallbackQuery</c>).</summary>
    public Plain? Toast { get; init; }

    /// <summary>Whether the toast has to be closed by hand.</summary>
    public bool IsAlert { get; init; }

    /// <summary>What the next text will mean; null: nothing any more.</summary>
    public IAwaited? Awaits { get; init; }

    /// <summary>Whether what was awaited stays awaited.</summary>
    public bool KeepsAwaiting { get; init; }

    /// <summary>Why not: the router shows it as the same screen everywhere.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>The person is shown this.</summary>
    public static Reply Screen(Html text, Keyboard keyboard) => new() { Text = text, Keyboard = keyboard };

    /// <summary>The screen stays; the press is answered, with a toast or without.</summary>
    public static Reply Answer(Plain? toast = null) => new() { Toast = toast, KeepsAwaiting = true };

    /// <summary>The request was refused.</summary>
    public static Reply Refuse(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>Nothing is said at all.</summary>
    public static Reply Silence { get; } = new() { KeepsAwaiting = true };
}
