using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace MarketBot.Presentation.Bot.CommandLine;

/// <summary>Prints answers: tables for people, JSON for scripts.</summary>
internal sealed class Output(TextWriter writer, bool json)
{
    private const int WideEnough = 100_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(), new ShopIdConverter(), new TelegramIdConverter() },
    };

    public bool IsJson => json;

    /// <summary>Prints rows: as a table with a heading, framed where somebody looks at it, or as a JSON array.</summary>
    public void Rows<T>(IReadOnlyList<T> rows, params (string Heading, Func<T, object?> Cell)[] columns)
    {
        if (json)
        {
            Value(rows);
            return;
        }

        var isTerminal = new AnsiConsoleOutput(writer).IsTerminal;
        var table = new Table { Border = isTerminal ? TableBorder.Rounded : TableBorder.None, UseSafeBorder = true };
        var padding = isTerminal ? new Padding(1, 0) : new Padding(0, 0, 2, 0);
        foreach (var (heading, _) in columns)
            table.AddColumn(new TableColumn(new Spectre.Console.Text(heading)) { NoWrap = !isTerminal, Padding = padding });
        foreach (var row in rows)
            table.AddRow(columns.Select(c => new Spectre.Console.Text(Show(c.Cell(row)))));
        if (isTerminal)
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }).Write(table);
        else
            WritePlain(table);
    }

    /// <summary>Into a file or another program: no colours, no frames, no line longer for its padding, none broken.</summary>
    private void WritePlain(Table table)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = WideEnough;
        console.Write(table);
        foreach (var line in text.ToString().TrimEnd().Split('\n'))
            writer.WriteLine(line.TrimEnd());
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
