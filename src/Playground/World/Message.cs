namespace MarketBot.Playground;

/// <summary>The kind of a message.</summary>
public enum MessageKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A photo.</summary>
    Photo,

    /// <summary>A sticker.</summary>
    Sticker,

    /// <summary>A contact.</summary>
    Contact,

    /// <summary>A voice message.</summary>
    Voice,

    /// <summary>An invoice of the bot.</summary>
    Invoice,

    /// <summary>The notice of a payment.</summary>
    SuccessfulPayment,

    /// <summary>The notice of a refund.</summary>
    RefundedPayment,
}

/// <summary>A button under a message. Exactly one of the data, the address and the pay flag is set on the kinds that can be pressed here.</summary>
public sealed record Button(string Text)
{
    /// <summary>The callback_data that the bot receives.</summary>
    public string? Data { get; init; }

    /// <summary>The address that opens.</summary>
    public string? Url { get; init; }

    /// <summary>The Pay button of an invoice.</summary>
    public bool Pay { get; init; }

    /// <summary>The colour: danger, success or primary.</summary>
    public string? Style { get; init; }
}

/// <summary>A message as its chat shows it now: editing changes it in place, deleting takes it out of <see cref="Chat.Messages"/>.</summary>
public sealed class Message
{
    private volatile MessageContent _content;

    internal Message(Chat chat, int id, Person? from, DateTimeOffset date, MessageKind kind, MessageContent content)
    {
        (Chat, Id, From, Date, Kind) = (chat, id, from, date, kind);
        _content = content;
    }

    /// <summary>The message id, growing over all private chats and groups of the bot.</summary>
    public int Id { get; }

    /// <summary>The chat.</summary>
    public Chat Chat { get; }

    /// <summary>The author; null for the bot.</summary>
    public Person? From { get; }

    /// <summary>True when the bot wrote it.</summary>
    public bool FromBot => From is null;

    /// <summary>The kind.</summary>
    public MessageKind Kind { get; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset Date { get; }

    /// <summary>The text without formatting.</summary>
    public string Text => _content.Text.Text;

    /// <summary>The text with its formatting as HTML, in one canonical form.</summary>
    public string Html => HtmlRenderer.Render(_content.Text);

    /// <summary>The formatted and recognised pieces of the text.</summary>
    public IReadOnlyList<TextEntity> Entities => _content.Text.Entities;

    /// <summary>The rows of buttons under the message; empty without any.</summary>
    public IReadOnlyList<IReadOnlyList<Button>> Keyboard => _content.Keyboard.Rows;

    /// <summary>All buttons under the message.</summary>
    public IEnumerable<Button> Buttons => Keyboard.SelectMany(row => row);

    /// <summary>When it was last edited; null if never.</summary>
    public DateTimeOffset? EditDate => _content.EditDate;

    /// <summary>The number of edits.</summary>
    public int Edits => _content.Edits;

    /// <summary>True when the message was deleted.</summary>
    public bool IsDeleted { get; internal set; }

    /// <summary>Sent with protect_content.</summary>
    public bool IsProtected { get; internal init; }

    /// <summary>Sent with disable_notification.</summary>
    public bool IsSilent { get; internal init; }

    /// <summary>The message it answers, if any.</summary>
    public Message? ReplyTo { get; internal init; }

    /// <summary>The invoice of an invoice message.</summary>
    public Invoice? Invoice { get; internal init; }

    internal PaymentReceipt? Receipt { get; init; }

    internal MessageContent Content
    {
        get => _content;
        set => _content = value;
    }

    /// <summary>Says if the message has a button with this label or this data.</summary>
    public bool HasButton(string labelOrData) => Buttons.Any(b => b.Text == labelOrData || b.Data == labelOrData);

    /// <inheritdoc />
    public override string ToString()
    {
        var who = From is { } person ? person.FirstName : "bot";
        var marks = (IsDeleted ? " (deleted)" : "") + (Edits > 0 ? string.Create(CultureInfo.InvariantCulture, $" (edited {Edits}×)") : "");
        var keyboard = string.Concat(Keyboard.Select(row => "\n      " + string.Join(' ', row.Select(b => $"[{b.Text}]"))));
        return string.Create(CultureInfo.InvariantCulture, $"#{Id} {who}{marks}: {(Kind == MessageKind.Text ? Html : Kind.ToString())}{keyboard}");
    }
}

internal sealed record MessageContent(FormattedText Text, Keyboard Keyboard)
{
    public DateTimeOffset? EditDate { get; init; }

    public int Edits { get; init; }
}

/// <summary>An inline keyboard: its rows, and its canonical JSON (empty for none).</summary>
internal sealed record Keyboard(IReadOnlyList<IReadOnlyList<Button>> Rows, string Json)
{
    public static readonly Keyboard None = new([], "");
}
