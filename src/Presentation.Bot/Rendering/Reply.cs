namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>The answer of a screen: a value that only the sender of replies turns into Bot API calls.</summary>
internal sealed record Reply
{
    private Reply()
    {
    }

    /// <summary>The screen's text; null leaves the screen as it is.</summary>
    public Html? Text { get; private init; }

    public Keyboard Keyboard { get; private init; } = Keyboard.None;

    /// <summary>A line that shows briefly over the chat, where a button was pressed (Bot API: <c>answerCallbackQuery</c>).</summary>
    public Plain? Toast { get; init; }

    /// <summary>True when the toast is an alert, which the person closes by hand.</summary>
    public bool IsAlert { get; init; }

    /// <summary>The record that the next text answers; null: nothing is awaited any more.</summary>
    public IAwaited? Awaits { get; init; }

    /// <summary>True when the awaited answer stays awaited.</summary>
    public bool KeepsAwaiting { get; init; }

    /// <summary>Why not: the router shows it as the same screen everywhere.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>The person is shown this.</summary>
    public static Reply Screen(Html text, Keyboard keyboard) => new() { Text = text, Keyboard = keyboard };

    /// <summary>The screen stays; the press is answered, with a toast or without.</summary>
    public static Reply Answer(Plain? toast = null) => new() { Toast = toast, KeepsAwaiting = true };

    public static Reply Refuse(Refusal refusal) => new() { Refusal = refusal };

    /// <summary>The bot says nothing.</summary>
    public static Reply Silence { get; } = new() { KeepsAwaiting = true };
}
