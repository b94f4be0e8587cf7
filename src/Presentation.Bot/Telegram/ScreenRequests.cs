using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using Telegram.Bot.Requests;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Shows a screen. It stands in for the client's own request of the same method, because a screen is all the bot ever sends: it is written
/// straight from what is to be shown, and of the answer, a whole message with its keyboard, only that it came is read: half the work
/// (docs/performance.md), and nothing in an answer that the client does not know yet can make a message that was sent look as if it were not.
/// </summary>
/// <param name="method">The Bot API method.</param>
internal abstract class ScreenRequest(string method) : RequestBase<Acknowledgement>(method)
{
    private const int UsualBytes = 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>The body is never put into HTML, and escaped Cyrillic would be three times as long.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required long ChatId { get; init; }

    /// <summary>The text, in HTML style.</summary>
    public required string Html { get; init; }

    /// <summary>The buttons, row by row.</summary>
    public required IReadOnlyList<IReadOnlyList<OutgoingButton>> Keyboard { get; init; }

    /// <inheritdoc />
    public override HttpContent ToHttpContent()
    {
        var body = new ArrayBufferWriter<byte>(UsualBytes);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("chat_id"u8, ChatId);
            WriteTarget(json);
            json.WriteString("text"u8, Html);
            json.WriteString("parse_mode"u8, "HTML"u8);
            json.WriteStartObject("link_preview_options"u8);
            json.WriteBoolean("is_disabled"u8, true);
            json.WriteEndObject();
            if (Keyboard.Count > 0)
                WriteKeyboard(json);
            json.WriteEndObject();
        }

        var content = new ReadOnlyMemoryContent(body.WrittenMemory);
        content.Headers.ContentType = Json;
        return content;
    }

    /// <summary>Writes what the method needs besides.</summary>
    protected virtual void WriteTarget(Utf8JsonWriter json)
    {
    }

    private void WriteKeyboard(Utf8JsonWriter json)
    {
        json.WriteStartObject("reply_markup"u8);
        json.WriteStartArray("inline_keyboard"u8);
        foreach (var row in Keyboard)
        {
            json.WriteStartArray();
            foreach (var button in row)
            {
                json.WriteStartObject();
                json.WriteString("text"u8, button.Label);
                if (button.Url is { } url)
                    json.WriteString("url"u8, url);
                else
                    json.WriteString("callback_data"u8, button.Data);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>Sends a screen as a new message (Bot API: <c>sendMessage</c>).</summary>
internal sealed class SendScreen() : ScreenRequest("sendMessage");

/// <summary>Shows a screen in place of an earlier one (Bot API: <c>editMessageText</c>).</summary>
internal sealed class EditScreen() : ScreenRequest("editMessageText")
{
    public required int MessageId { get; init; }

    /// <inheritdoc />
    protected override void WriteTarget(Utf8JsonWriter json) => json.WriteNumber("message_id"u8, MessageId);
}

/// <summary>An answer of which nothing is wanted but that it came.</summary>
internal sealed class Acknowledgement;
