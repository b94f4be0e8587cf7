using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Telegram.Bot.Serialization;

namespace Telegram.Bot;

/// <summary>How the Bot API's JSON is read and written.</summary>
public static class JsonBotAPI
{
    /// <summary>For reading an update from a webhook's body or a store, and for writing requests.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Sets up options of the caller's own in the same way.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault;
        // The body is never put into HTML, and escaped Cyrillic would be three times as long.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolverChain.Insert(0, BotApiJson.Default);
        // For the requests and answers of a caller that are not in the library.
        if (JsonSerializer.IsReflectionEnabledByDefault)
            options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
