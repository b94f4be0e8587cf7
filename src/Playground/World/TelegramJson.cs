using System.Buffers;
using System.Text.Encodings.Web;

namespace MarketBot.Playground;

/// <summary>Writes the Bot API's objects: User, Chat, Message, CallbackQuery and so on.</summary>
internal static class TelegramJson
{
    public static readonly byte[] True = "true"u8.ToArray();

    public static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Bytes<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        var writer =
            _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > 1 << 20)
            (_buffer, _writer) = (null, null);
        return bytes;
    }

    public static byte[] String(string value) => Bytes(value, static (w, v) => w.WriteStringValue(v));

    public static void WriteBot(Utf8JsonWriter w, TelegramWorld world)
    {
        w.WriteStartObject();
        w.WriteNumber("id", world.BotId);
        w.WriteBoolean("is_bot", true);
        w.WriteString("first_name", world.Options.BotName);
        w.WriteString("username", world.Options.BotUsername);
        w.WriteEndObject();
    }

    public static void WriteUser(Utf8JsonWriter w, Person person)
    {
        w.WriteStartObject();
        w.WriteNumber("id", person.Id);
        w.WriteBoolean("is_bot", false);
        WriteNames(w, person);
        if (person.LanguageCode is { Length: > 0 } language)
            w.WriteString("language_code", language);
        w.WriteEndObject();
    }

    public static void WriteChat(Utf8JsonWriter w, Chat chat)
    {
        w.WriteStartObject();
        w.WriteNumber("id", chat.Id);
        if (chat.Owner is { } person)
            WriteNames(w, person);
        else
            w.WriteString("title", chat.Group!.Title);
        w.WriteString("type", chat.Type);
        w.WriteEndObject();
    }

    public static void WriteMessage(Utf8JsonWriter w, TelegramWorld world, Message message) => WriteMessage(w, world, message, withReply: true);

    public static void WriteCallback(Utf8JsonWriter w, TelegramWorld world, CallbackPress press)
    {
        w.WriteStartObject();
        w.WriteString("id", press.QueryId);
        w.WritePropertyName("from");
        WriteUser(w, press.By);
        w.WritePropertyName("message");
        if (press.Message is { } message)
        {
            WriteMessage(w, world, message);
        }
        else
        {
            w.WriteStartObject();
            w.WritePropertyName("chat");
            WriteChat(w, press.Chat);
            w.WriteNumber("message_id", press.MessageId);
            w.WriteNumber("date", 0);
            w.WriteEndObject();
        }

        w.WriteString("chat_instance", Text(unchecked(press.Chat.Id * 0x9E3779B97F4A7C1L)));
        w.WriteString("data", press.Data);
        w.WriteEndObject();
    }

    public static void WritePreCheckout(Utf8JsonWriter w, Payment payment)
    {
        w.WriteStartObject();
        w.WriteString("id", payment.QueryId);
        w.WritePropertyName("from");
        WriteUser(w, payment.By);
        w.WriteString("currency", payment.Invoice.Currency);
        w.WriteNumber("total_amount", payment.Invoice.TotalAmount);
        w.WriteString("invoice_payload", payment.Invoice.Payload);
        w.WriteEndObject();
    }

    public static void WriteMembership(Utf8JsonWriter w, TelegramWorld world, Chat chat, Person by, string before, string after)
    {
        w.WriteStartObject();
        w.WritePropertyName("chat");
        WriteChat(w, chat);
        w.WritePropertyName("from");
        WriteUser(w, by);
        w.WriteNumber("date", world.Now.ToUnixTimeSeconds());
        w.WritePropertyName("old_chat_member");
        WriteMember(before);
        w.WritePropertyName("new_chat_member");
        WriteMember(after);
        w.WriteEndObject();

        void WriteMember(string status)
        {
            w.WriteStartObject();
            w.WritePropertyName("user");
            WriteBot(w, world);
            w.WriteString("status", status);
            if (status == "kicked")
                w.WriteNumber("until_date", 0);
            w.WriteEndObject();
        }
    }

    public static void WriteEntities(Utf8JsonWriter w, IReadOnlyList<TextEntity> entities, TelegramWorld world)
    {
        w.WriteStartArray();
        foreach (var entity in entities)
        {
            w.WriteStartObject();
            w.WriteNumber("offset", entity.Offset);
            w.WriteNumber("length", entity.Length);
            w.WriteString("type", entity.Type);
            if (entity.Url is not null)
                w.WriteString("url", entity.Url);
            if (entity.Language is not null)
                w.WriteString("language", entity.Language);
            if (entity.CustomEmojiId is not null)
                w.WriteString("custom_emoji_id", entity.CustomEmojiId);
            if (entity.UserId is { } id && world.FindPerson(id) is { } person)
            {
                w.WritePropertyName("user");
                WriteUser(w, person);
            }

            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter w, TelegramWorld world, Message message, bool withReply)
    {
        var content = message.Content;
        w.WriteStartObject();
        w.WriteNumber("message_id", message.Id);
        w.WritePropertyName("from");
        if (message.From is { } person)
            WriteUser(w, person);
        else
            WriteBot(w, world);
        w.WritePropertyName("chat");
        WriteChat(w, message.Chat);
        w.WriteNumber("date", message.Date.ToUnixTimeSeconds());
        if (content.EditDate is { } edited)
            w.WriteNumber("edit_date", edited.ToUnixTimeSeconds());
        if (withReply && message.ReplyTo is { IsDeleted: false } reply)
        {
            w.WritePropertyName("reply_to_message");
            WriteMessage(w, world, reply, withReply: false);
        }

        if (message.IsProtected)
            w.WriteBoolean("has_protected_content", true);
        WriteBody(w, world, message, content.Text);
        if (content.Keyboard.Json.Length > 0)
        {
            w.WritePropertyName("reply_markup");
            w.WriteRawValue(content.Keyboard.Json, skipInputValidation: true);
        }

        w.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter w, TelegramWorld world, Message message, FormattedText text)
    {
        switch (message.Kind)
        {
            case MessageKind.Text:
                WriteText("text", "entities");
                break;
            case MessageKind.Photo:
                w.WriteStartArray("photo");
                WriteFile(w, "photo", message, ("width", 320), ("height", 240));
                w.WriteEndArray();
                if (text.Text.Length > 0)
                    WriteText("caption", "caption_entities");
                break;
            case MessageKind.Sticker:
                w.WritePropertyName("sticker");
                w.WriteStartObject();
                WriteFileFields(w, "sticker", message);
                w.WriteString("type", "regular");
                w.WriteNumber("width", 512);
                w.WriteNumber("height", 512);
                w.WriteBoolean("is_animated", false);
                w.WriteBoolean("is_video", false);
                w.WriteString("emoji", "👍");
                w.WriteEndObject();
                break;
            case MessageKind.Voice:
                w.WritePropertyName("voice");
                WriteFile(w, "voice", message, ("duration", 3), ("file_size", 4096));
                break;
            case MessageKind.Contact:
                w.WriteStartObject("contact");
                w.WriteString("phone_number", "+10000000000");
                w.WriteString("first_name", message.From!.FirstName);
                w.WriteNumber("user_id", message.From.Id);
                w.WriteEndObject();
                break;
            case MessageKind.Invoice:
                var invoice = message.Invoice!;
                w.WriteStartObject("invoice");
                w.WriteString("title", invoice.Title);
                w.WriteString("description", invoice.Description);
                w.WriteString("start_parameter", invoice.StartParameter);
                w.WriteString("currency", invoice.Currency);
                w.WriteNumber("total_amount", invoice.TotalAmount);
                w.WriteEndObject();
                break;
            case MessageKind.SuccessfulPayment or MessageKind.RefundedPayment:
                WriteReceipt(w, message);
                break;
        }

        void WriteText(string name, string entities)
        {
            w.WriteString(name, text.Text);
            if (text.Entities.Count == 0)
                return;
            w.WritePropertyName(entities);
            WriteEntities(w, text.Entities, world);
        }
    }

    private static void WriteReceipt(Utf8JsonWriter w, Message message)
    {
        var receipt = message.Receipt!;
        var invoice = receipt.Payment.Invoice;
        w.WriteStartObject(message.Kind == MessageKind.SuccessfulPayment ? "successful_payment" : "refunded_payment");
        w.WriteString("currency", invoice.Currency);
        w.WriteNumber("total_amount", invoice.TotalAmount);
        w.WriteString("invoice_payload", invoice.Payload);
        if (message.Kind == MessageKind.SuccessfulPayment && invoice.SubscriptionPeriod is { } period)
        {
            w.WriteNumber("subscription_expiration_date", message.Date.ToUnixTimeSeconds() + period);
            w.WriteBoolean("is_recurring", true);
            w.WriteBoolean("is_first_recurring", true);
        }

        w.WriteString("telegram_payment_charge_id", receipt.Payment.ChargeId);
        w.WriteString("provider_payment_charge_id", receipt.ProviderChargeId);
        w.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter w, string kind, Message message, params ReadOnlySpan<(string Name, int Value)> numbers)
    {
        w.WriteStartObject();
        WriteFileFields(w, kind, message);
        foreach (var (name, value) in numbers)
            w.WriteNumber(name, value);
        w.WriteEndObject();
    }

    private static void WriteFileFields(Utf8JsonWriter w, string kind, Message message)
    {
        w.WriteString("file_id", $"playground-{kind}-{message.Id}");
        w.WriteString("file_unique_id", $"{kind}{message.Id}");
    }

    private static void WriteNames(Utf8JsonWriter w, Person person)
    {
        w.WriteString("first_name", person.FirstName);
        if (person.LastName.Length > 0)
            w.WriteString("last_name", person.LastName);
        if (person.Username is { Length: > 0 } username)
            w.WriteString("username", username);
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
