using System.Text.Json.Serialization;
using MarketBot.Infrastructure.Delivery;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>A reply, ready to be sent and to be stored until it is: the Bot API calls it takes, as data.</summary>
internal sealed record Outgoing : IReply
{
    public required long ChatId { get; init; }

    /// <summary>The message to edit; null sends a new one.</summary>
    public int? EditMessageId { get; init; }

    /// <summary>The person's message that held a secret, to be deleted first.</summary>
    public int? DeleteMessageId { get; init; }

    /// <summary>The press to answer.</summary>
    public string? QueryId { get; init; }

    /// <summary>The toast of that answer.</summary>
    public string? Toast { get; init; }

    /// <summary>True when the toast is an alert, which the person closes by hand.</summary>
    public bool IsAlert { get; init; }

    /// <summary>The text, in HTML style; null: nothing is shown.</summary>
    public string? Html { get; init; }

    /// <summary>The text for the case that the message with the secret could not be deleted.</summary>
    public string? HtmlWithWarning { get; init; }

    /// <summary>The buttons, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<OutgoingButton>> Keyboard { get; init; } = [];

    /// <summary>True when the sender knows that no older message to this chat waits.</summary>
    [JsonIgnore]
    public bool NothingWaits { get; set; }

    /// <summary>A further call to Telegram after the answer was sent; nobody misses it after a crash.</summary>
    [JsonIgnore]
    public Func<Task>? Afterwards { get; set; }

    /// <summary>True when it only changes the screen, so that a newer screen takes its place in the outbox.</summary>
    [JsonIgnore]
    public bool IsEdit => EditMessageId is not null && DeleteMessageId is null;

    /// <inheritdoc />
    [JsonIgnore]
    public bool MayReplace => this is { IsEdit: true, Html: not null, NothingWaits: false };

    /// <inheritdoc />
    public WaitingReply ToWait(long inboxId, string kind, bool isUncertain = false) => new(
        new TelegramId(ChatId),
        IsEdit ? string.Create(CultureInfo.InvariantCulture, $"edit:{ChatId}:{EditMessageId}")
            : string.Create(CultureInfo.InvariantCulture, $"{inboxId}:{ChatId}:{kind}"),
        (QueryId is null ? this : this with { QueryId = null }).ToBytes(), Replaces: IsEdit, IsUncertain: isUncertain && !IsEdit);

    public static Outgoing From(Incoming to, Reply reply, bool deletesMessage, Language language, RouteTable routes)
    {
        var warning = CommonTexts.Of(language).DeleteItYourself;
        return new Outgoing
        {
            ChatId = to.ChatId,
            EditMessageId = (to as IncomingPress)?.MessageId,
            DeleteMessageId = deletesMessage ? (to as IncomingMessage)?.MessageId : null,
            QueryId = (to as IncomingPress)?.QueryId,
            Toast = reply.Toast?.Text,
            IsAlert = reply.IsAlert,
            Html = reply.Text?.Markup,
            HtmlWithWarning = deletesMessage ? (reply.Text is { } text ? Rendering.Html.Paragraphs(warning, text) : warning).Markup : null,
            Keyboard = [
                .. reply.Keyboard.Rows.Select(
                    row => row.Select(b => new OutgoingButton(b.Label.Text, b.Press is null ? null : routes.Write(b.Press), b.Url)).ToArray())],
        };
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, OutgoingJson.Default.Outgoing);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    public static Outgoing FromBytes(byte[] bytes) => JsonSerializer.Deserialize(bytes, OutgoingJson.Default.Outgoing)!;
}

/// <summary>A button ready to be sent.</summary>
/// <param name="Label">The label.</param>
/// <param name="Data">Its callback data.</param>
/// <param name="Url">The address it opens.</param>
internal sealed record OutgoingButton(string Label, string? Data, string? Url);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Outgoing))]
internal sealed partial class OutgoingJson : JsonSerializerContext;
