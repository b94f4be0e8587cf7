using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Telegram.Bot.Serialization;

/// <summary>Writes enums in snake_case. A word it does not know, or none, reads as the enum's zero: Telegram adds words every month.</summary>
internal sealed class EnumConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private const int LongestWord = 64;

    private static readonly FrozenDictionary<string, TEnum> Values = Names().ToFrozenDictionary(n => n.Word, n => n.Value, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<string, TEnum>.AlternateLookup<ReadOnlySpan<char>> ByWord = Values.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenDictionary<TEnum, JsonEncodedText> Words = Names().ToFrozenDictionary(n => n.Value, n => JsonEncodedText.Encode(n.Word));

    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return default;
        }

        if (reader.HasValueSequence || reader.ValueSpan.Length > LongestWord)
            return Values.GetValueOrDefault(reader.GetString()!);

        Span<char> word = stackalloc char[LongestWord];
        return ByWord.TryGetValue(word[..reader.CopyString(word)], out var value) ? value : default;
    }

    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options)
    {
        if (Words.TryGetValue(value, out var word))
            writer.WriteStringValue(word);
        else
            writer.WriteStringValue("unknown"u8);
    }

    private static IEnumerable<(string Word, TEnum Value)> Names() =>
        from field in typeof(TEnum).GetFields(BindingFlags.Public | BindingFlags.Static)
        let word = field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name)
        select (word, (TEnum)field.GetValue(null)!);
}

/// <summary>Unix seconds. Zero, which an inaccessible message has for a date, is <c>default</c>; so is what no calendar holds.</summary>
internal sealed class UnixDateTimeConverter : JsonConverter<DateTime>
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var seconds) && seconds > 0 && seconds <= Latest
            ? DateTime.UnixEpoch.AddSeconds(seconds)
            : Nothing(ref reader);

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value == default ? 0 : new DateTimeOffset(value.ToUniversalTime()).ToUnixTimeSeconds());

    private static DateTime Nothing(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return default;
    }
}

/// <summary>Unix seconds until which a restriction holds; zero is for ever and reads as null.</summary>
internal sealed class BanTimeConverter : JsonConverter<DateTime?>
{
    private static readonly UnixDateTimeConverter Seconds = new();

    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Seconds.Read(ref reader, typeToConvert, options) is var time && time == default ? null : time;

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
        Seconds.Write(writer, value.GetValueOrDefault(), options);
}

/// <summary>A chat's number, or its <c>@name</c>.</summary>
internal sealed class ChatIdConverter : JsonConverter<ChatId>
{
    public override ChatId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? new ChatId(reader.GetInt64()) : new ChatId(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ChatId value, JsonSerializerOptions options)
    {
        if (value.Username is { } name)
            writer.WriteStringValue(name);
        else
            writer.WriteNumberValue(value.Identifier.GetValueOrDefault());
    }
}

/// <summary>Reads the kind of member that <c>status</c> names, wherever it stands in the object.</summary>
internal sealed class ChatMemberConverter : JsonConverter<ChatMember>
{
    private static readonly EnumConverter<ChatMemberStatus> Statuses = new();

    public override ChatMember? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var kind = StatusOf(reader, options) switch
        {
            ChatMemberStatus.Creator => typeof(ChatMemberOwner),
            ChatMemberStatus.Administrator => typeof(ChatMemberAdministrator),
            ChatMemberStatus.Member => typeof(ChatMemberMember),
            ChatMemberStatus.Restricted => typeof(ChatMemberRestricted),
            ChatMemberStatus.Left => typeof(ChatMemberLeft),
            ChatMemberStatus.Kicked => typeof(ChatMemberBanned),
            _ => typeof(UnknownChatMember),
        };
        return (ChatMember?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(kind));
    }

    public override void Write(Utf8JsonWriter writer, ChatMember value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(value.GetType()));

    // The reader is a copy, so reading ahead here does not move the caller's.
    private static ChatMemberStatus StatusOf(Utf8JsonReader ahead, JsonSerializerOptions options)
    {
        if (ahead.TokenType != JsonTokenType.StartObject)
            return default;

        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isStatus = ahead.ValueTextEquals("status"u8);
            ahead.Read();
            if (isStatus)
                return Statuses.Read(ref ahead, typeof(ChatMemberStatus), options);

            ahead.Skip();
        }

        return default;
    }
}
