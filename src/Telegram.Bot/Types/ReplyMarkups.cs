using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Telegram.Bot.Types.ReplyMarkups;

/// <summary>What can stand below a message or instead of the keyboard: the <c>reply_markup</c> of the Bot API.</summary>
[JsonDerivedType(typeof(InlineKeyboardMarkup))]
[JsonDerivedType(typeof(ReplyKeyboardMarkup))]
[JsonDerivedType(typeof(ReplyKeyboardRemove))]
[JsonDerivedType(typeof(ForceReplyMarkup))]
public abstract class ReplyMarkup
{
    /// <summary>A keyboard of one key.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator ReplyMarkup?(string? text) => text is null ? null : Keys([[text]]);

    /// <summary>A keyboard of one row.</summary>
    [return: NotNullIfNotNull(nameof(texts))]
    public static implicit operator ReplyMarkup?(string[]? texts) => texts is null ? null : Keys([texts]);

    /// <summary>A keyboard.</summary>
    [return: NotNullIfNotNull(nameof(texts))]
    public static implicit operator ReplyMarkup?(string[][]? texts) => texts is null ? null : Keys(texts);

    /// <summary>One inline button.</summary>
    [return: NotNullIfNotNull(nameof(button))]
    public static implicit operator ReplyMarkup?(InlineKeyboardButton? button) => (InlineKeyboardMarkup?)button;

    /// <summary>One row of inline buttons.</summary>
    [return: NotNullIfNotNull(nameof(row))]
    public static implicit operator ReplyMarkup?(InlineKeyboardButton[]? row) => (InlineKeyboardMarkup?)row;

    /// <summary>One row of inline buttons.</summary>
    [return: NotNullIfNotNull(nameof(row))]
    public static implicit operator ReplyMarkup?(List<InlineKeyboardButton>? row) => row is null ? null : new InlineKeyboardMarkup(row);

    /// <summary>Rows of inline buttons.</summary>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator ReplyMarkup?(List<List<InlineKeyboardButton>>? rows) => rows is null ? null : new InlineKeyboardMarkup(rows);

    /// <summary>Rows of inline buttons.</summary>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator ReplyMarkup?(IEnumerable<InlineKeyboardButton>[]? rows) => (InlineKeyboardMarkup?)rows;

    private static ReplyKeyboardMarkup Keys(IEnumerable<string[]> texts) =>
        new(texts.Select(row => row.Select(text => new KeyboardButton(text)))) { ResizeKeyboard = true };
}

/// <summary>Bot API type <c>InlineKeyboardMarkup</c>: buttons below a message.</summary>
public sealed class InlineKeyboardMarkup : ReplyMarkup
{
    /// <summary>Creates a keyboard to be filled by <see cref="AddButton(InlineKeyboardButton)"/> and <see cref="AddNewRow"/>.</summary>
    [SetsRequiredMembers]
    public InlineKeyboardMarkup() => InlineKeyboard = new List<List<InlineKeyboardButton>>();

    /// <summary>Creates a keyboard of rows.</summary>
    [SetsRequiredMembers]
    public InlineKeyboardMarkup(IEnumerable<IEnumerable<InlineKeyboardButton>> inlineKeyboard) => InlineKeyboard = inlineKeyboard;

    /// <summary>Creates a keyboard of one button.</summary>
    [SetsRequiredMembers]
    public InlineKeyboardMarkup(InlineKeyboardButton inlineKeyboardButton) =>
        InlineKeyboard = new List<List<InlineKeyboardButton>> { new() { inlineKeyboardButton } };

    /// <summary>Creates a keyboard of one row.</summary>
    [SetsRequiredMembers]
    public InlineKeyboardMarkup(IEnumerable<InlineKeyboardButton> inlineKeyboardRow) =>
        InlineKeyboard = new List<List<InlineKeyboardButton>> { new(inlineKeyboardRow) };

    /// <summary>Creates a keyboard of one row.</summary>
    [SetsRequiredMembers]
    public InlineKeyboardMarkup(params InlineKeyboardButton[] inlineKeyboardRow) =>
        InlineKeyboard = new List<List<InlineKeyboardButton>> { new(inlineKeyboardRow) };

    /// <summary>The rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IEnumerable<IEnumerable<InlineKeyboardButton>> InlineKeyboard { get; set; }

    /// <summary>No button at all, for taking a message's keyboard away.</summary>
    public static InlineKeyboardMarkup Empty() => new();

    /// <summary>One button.</summary>
    [return: NotNullIfNotNull(nameof(button))]
    public static implicit operator InlineKeyboardMarkup?(InlineKeyboardButton? button) => button is null ? null : new(button);

    /// <summary>One button that carries its text.</summary>
    [return: NotNullIfNotNull(nameof(buttonText))]
    public static implicit operator InlineKeyboardMarkup?(string? buttonText) => buttonText is null ? null : new((InlineKeyboardButton)buttonText);

    /// <summary>One row.</summary>
    [return: NotNullIfNotNull(nameof(row))]
    public static implicit operator InlineKeyboardMarkup?(InlineKeyboardButton[]? row) => row is null ? null : new(row);

    /// <summary>Rows.</summary>
    [return: NotNullIfNotNull(nameof(rows))]
    public static implicit operator InlineKeyboardMarkup?(IEnumerable<InlineKeyboardButton>[]? rows) => rows is null ? null : new(rows);

    /// <summary>Adds a button to the last row.</summary>
    public InlineKeyboardMarkup AddButton(InlineKeyboardButton button)
    {
        var rows = Rows();
        if (rows.Count == 0)
            rows.Add([]);

        rows[^1].Add(button);
        return this;
    }

    /// <summary>Adds a button with data, or with an address, to the last row.</summary>
    public InlineKeyboardMarkup AddButton(string text, string callbackData) => AddButton(InlineKeyboardButton.WithCallbackData(text, callbackData));

    /// <summary>Adds buttons to the last row.</summary>
    public InlineKeyboardMarkup AddButtons(params InlineKeyboardButton[] buttons)
    {
        foreach (var button in buttons)
            AddButton(button);

        return this;
    }

    /// <summary>Begins a new row.</summary>
    public InlineKeyboardMarkup AddNewRow(params InlineKeyboardButton[] buttons)
    {
        Rows().Add([.. buttons]);
        return this;
    }

    private List<List<InlineKeyboardButton>> Rows() =>
        InlineKeyboard as List<List<InlineKeyboardButton>>
        ?? throw new InvalidOperationException("Buttons are added to a keyboard that was created empty.");
}

/// <summary>Bot API type <c>InlineKeyboardButton</c>: a text and exactly one thing it does.</summary>
public sealed class InlineKeyboardButton
{
    /// <summary>Creates a button to be filled.</summary>
    public InlineKeyboardButton()
    {
    }

    /// <summary>Creates a button that does nothing yet.</summary>
    [SetsRequiredMembers]
    public InlineKeyboardButton(string text) => Text = text;

    /// <summary>Creates a button that opens an http(s) address or else sends data.</summary>
    [SetsRequiredMembers]
    public InlineKeyboardButton(string text, string callbackDataOrUrl)
        : this(text)
    {
        if (callbackDataOrUrl.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || callbackDataOrUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            Url = callbackDataOrUrl;
        else
            CallbackData = callbackDataOrUrl;
    }

    /// <summary>What stands on it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Text { get; set; }

    /// <summary>The address it opens.</summary>
    public string? Url { get; set; }

    /// <summary>What it sends to the bot, 1 to 64 bytes.</summary>
    public string? CallbackData { get; set; }

    /// <summary>The Mini App it opens.</summary>
    public WebAppInfo? WebApp { get; set; }

    /// <summary>The inline query it starts in a chat to be chosen.</summary>
    public string? SwitchInlineQuery { get; set; }

    /// <summary>The inline query it starts in this chat.</summary>
    public string? SwitchInlineQueryCurrentChat { get; set; }

    /// <summary>The text it copies.</summary>
    public CopyTextButton? CopyText { get; set; }

    /// <summary>Whether it pays the invoice.</summary>
    public bool Pay { get; set; }

    /// <summary>A button that carries its own text.</summary>
    public static implicit operator InlineKeyboardButton(string textAndCallbackDataOrUrl) => new(textAndCallbackDataOrUrl, textAndCallbackDataOrUrl);

    /// <summary>A button from a text and its data or address.</summary>
    public static implicit operator InlineKeyboardButton((string Text, string CallbackDataOrUrl) button) => new(button.Text, button.CallbackDataOrUrl);

    /// <summary>A button that opens an address.</summary>
    public static InlineKeyboardButton WithUrl(string text, string url) => new(text) { Url = url };

    /// <summary>A button that sends its text.</summary>
    public static InlineKeyboardButton WithCallbackData(string textAndCallbackData) => new(textAndCallbackData) { CallbackData = textAndCallbackData };

    /// <summary>A button that sends data.</summary>
    public static InlineKeyboardButton WithCallbackData(string text, string callbackData) => new(text) { CallbackData = callbackData };

    /// <summary>A button that opens a Mini App.</summary>
    public static InlineKeyboardButton WithWebApp(string text, WebAppInfo webApp) => new(text) { WebApp = webApp };

    /// <summary>A button that starts an inline query in a chat to be chosen.</summary>
    public static InlineKeyboardButton WithSwitchInlineQuery(string text, string switchInlineQuery = "") => new(text) { SwitchInlineQuery = switchInlineQuery };

    /// <summary>A button that starts an inline query in this chat.</summary>
    public static InlineKeyboardButton WithSwitchInlineQueryCurrentChat(string text, string switchInlineQueryCurrentChat = "") =>
        new(text) { SwitchInlineQueryCurrentChat = switchInlineQueryCurrentChat };

    /// <summary>A button that copies a text.</summary>
    public static InlineKeyboardButton WithCopyText(string text, CopyTextButton copyText) => new(text) { CopyText = copyText };

    /// <summary>A button that pays the invoice.</summary>
    public static InlineKeyboardButton WithPay(string text) => new(text) { Pay = true };
}

/// <summary>Bot API type <c>CopyTextButton</c>.</summary>
public sealed class CopyTextButton
{
    /// <summary>The text to copy, up to 256 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Text { get; set; }

    /// <summary>Copies a text.</summary>
    public static implicit operator CopyTextButton(string text) => new() { Text = text };
}

/// <summary>Bot API type <c>ReplyKeyboardMarkup</c>: keys in place of the keyboard.</summary>
public sealed class ReplyKeyboardMarkup : ReplyMarkup
{
    /// <summary>Creates a keyboard of rows.</summary>
    [SetsRequiredMembers]
    public ReplyKeyboardMarkup(IEnumerable<IEnumerable<KeyboardButton>> keyboard) => Keyboard = keyboard;

    /// <summary>The rows.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required IEnumerable<IEnumerable<KeyboardButton>> Keyboard { get; set; }

    /// <summary>Whether it stays when the ordinary keyboard is closed.</summary>
    public bool IsPersistent { get; set; }

    /// <summary>Whether it is as small as it can be.</summary>
    public bool ResizeKeyboard { get; set; }

    /// <summary>Whether it hides after one use.</summary>
    public bool OneTimeKeyboard { get; set; }

    /// <summary>What stands in the empty input field.</summary>
    public string? InputFieldPlaceholder { get; set; }

    /// <summary>Whether only those mentioned or replied to see it.</summary>
    public bool Selective { get; set; }
}

/// <summary>Bot API type <c>KeyboardButton</c>: a key that sends its text.</summary>
public sealed class KeyboardButton
{
    /// <summary>Creates a key.</summary>
    [SetsRequiredMembers]
    public KeyboardButton(string text) => Text = text;

    /// <summary>What stands on it and is sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Text { get; set; }

    /// <summary>Whether it sends the user's phone number instead.</summary>
    public bool RequestContact { get; set; }

    /// <summary>Whether it sends the user's location instead.</summary>
    public bool RequestLocation { get; set; }

    /// <summary>A key that sends its text.</summary>
    public static implicit operator KeyboardButton(string text) => new(text);

    /// <summary>A key that sends the user's phone number.</summary>
    public static KeyboardButton WithRequestContact(string text) => new(text) { RequestContact = true };

    /// <summary>A key that sends the user's location.</summary>
    public static KeyboardButton WithRequestLocation(string text) => new(text) { RequestLocation = true };
}

/// <summary>Bot API type <c>ReplyKeyboardRemove</c>: the ordinary keyboard again.</summary>
public sealed class ReplyKeyboardRemove : ReplyMarkup
{
    /// <summary>Always true.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool RemoveKeyboard { get; } = true;

    /// <summary>Whether only for those mentioned or replied to.</summary>
    public bool Selective { get; set; }
}

/// <summary>Bot API type <c>ForceReply</c>: the user's app begins a reply.</summary>
public sealed class ForceReplyMarkup : ReplyMarkup
{
    /// <summary>Always true.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool ForceReply { get; } = true;

    /// <summary>What stands in the empty input field.</summary>
    public string? InputFieldPlaceholder { get; set; }

    /// <summary>Whether only for those mentioned or replied to.</summary>
    public bool Selective { get; set; }
}
