using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Prints answers: tables for people, JSON for scripts.</summary>
internal sealed class Output(TextWriter writer, bool json)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new ShopIdConverter(), new TelegramIdConverter() },
    };

    /// <summary>Whether JSON is wanted.</summary>
    public bool IsJson => json;

    /// <summary>Prints rows: as a table with a heading, or as a JSON array.</summary>
    public void Rows<T>(IReadOnlyList<T> rows, params (string Heading, Func<T, object?> Cell)[] columns)
    {
        if (json)
        {
            Value(rows);
            return;
        }

        List<string[]> cells = [[.. columns.Select(c => c.Heading)], .. rows.Select(row => columns.Select(c => Show(c.Cell(row))).ToArray())];
        var widths = columns.Select((_, i) => cells.Max(line => line[i].Length)).ToArray();
        foreach (var line in cells)
            writer.WriteLine(string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>Prints a value as JSON.</summary>
    public void Value<T>(T value) => writer.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Prints a line for people; scripts get none.</summary>
    public void Line(string text)
    {
        if (!json)
            writer.WriteLine(text);
    }

    /// <summary>Says that it is done: a sentence for people, an object for scripts.</summary>
    public void Done(string sentence)
    {
        if (json)
            Value(new { done = true });
        else
            writer.WriteLine(sentence);
    }

    private static string Show(object? value) => value switch
    {
        null => "-",
        true => "yes",
        false => "no",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => string.Concat(Convert.ToString(value, CultureInfo.InvariantCulture)!.Select(c => char.IsControl(c) ? ' ' : c)),
    };

    private sealed class ShopIdConverter : JsonConverter<ShopId>
    {
        public override ShopId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, ShopId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    private sealed class TelegramIdConverter : JsonConverter<TelegramId>
    {
        public override TelegramId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, TelegramId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }
}
