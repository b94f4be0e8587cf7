namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>The meaning of a button; a record whose properties are its arguments.</summary>
internal interface IButton;

/// <summary>The meaning of the next text in a conversation; a record whose properties are its arguments. Never a secret.</summary>
internal interface IAwaited;

/// <summary>A button of an inline keyboard (Bot API: <c>InlineKeyboardButton</c>): it carries a meaning or opens an address.</summary>
internal sealed record Button
{
    private Button(Plain label, IButton? press, string? url) => (Label, Press, Url) = (label, press, url);

    public Plain Label { get; }

    /// <summary>The record that a press sends.</summary>
    public IButton? Press { get; }

    /// <summary>The address it opens.</summary>
    public string? Url { get; }

    /// <summary>A button that means something to the bot.</summary>
    public static Button For(Plain label, IButton press) => new(label, press, null);

    /// <summary>A button that opens an address.</summary>
    public static Button Link(Plain label, string url) => new(label, null, url);
}

/// <summary>Rows of buttons under a message.</summary>
internal sealed record Keyboard(IReadOnlyList<IReadOnlyList<Button>> Rows)
{
    public static Keyboard None { get; } = new([]);

    /// <summary>Rows as given; empty ones are left out.</summary>
    public static Keyboard Of(params IEnumerable<IReadOnlyList<Button>> rows) => new([.. rows.Where(r => r.Count > 0)]);
}
