using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace MarketBot.Playground;

/// <summary>
/// The parameters of a call. Like Telegram's server it keeps every value as text, wherever it came from: query string, form, multipart or JSON body; values
/// that are not strings in a JSON body stay JSON text.
/// </summary>
internal sealed class Parameters
{
    public static readonly Parameters None = new();

    private readonly List<(string Name, string Value, bool IsJson)> _items = new(8);

    public int Size { get; private set; }

    /// <summary>The value; empty when it was not given.</summary>
    public string this[string name]
    {
        get
        {
            foreach (var (key, value, _) in _items)
                if (key == name)
                    return value;
            return "";
        }
    }

    public bool Has(string name) => _items.Exists(i => i.Name == name);

    public bool Bool(string name) => this[name].Trim().ToUpperInvariant() is "TRUE" or "YES" or "1";

    /// <summary>The number at the beginning of the value, or 0: Telegram reads numbers as leniently.</summary>
    public long Long(string name)
    {
        var text = this[name].AsSpan();
        var end = text.Length > 0 && text[0] == '-' ? 1 : 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return long.TryParse(text[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    public int Int(string name, int otherwise, int min = int.MinValue, int max = int.MaxValue) =>
        this[name].Length == 0 ? Math.Clamp(otherwise, min, max) : (int)Math.Clamp(Long(name), min, max);

    public string Required(string name) => this[name] is { Length: > 0 } value ? value : throw ApiFailure.BadRequest($"parameter \"{name}\" is required");

    /// <summary>The value as JSON, null when it was not given; what does not parse fails with Telegram's words.</summary>
    public JsonElement? Json(string name, string what)
    {
        var text = this[name];
        if (text.Length == 0)
            return null;
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            throw ApiFailure.BadRequest($"can't parse {what} JSON object");
        }
    }

    public JsonElement ToJson()
    {
        var bytes = TelegramJson.Bytes(this, static (w, p) =>
        {
            w.WriteStartObject();
            foreach (var (name, value, isJson) in p._items)
            {
                w.WritePropertyName(name);
                if ((isJson || value.AsSpan().TrimStart() is ['{' or '[', ..]) && IsValid(value))
                    w.WriteRawValue(value, skipInputValidation: true);
                else
                    w.WriteStringValue(value);
            }

            w.WriteEndObject();
        });
        return JsonSerializer.Deserialize<JsonElement>(bytes);
    }

    public string ToText(int length)
    {
        var text = new StringBuilder();
        foreach (var (name, value, _) in _items)
            text.Append(text.Length > 0 ? " " : "").Append(name).Append('=').Append(value.Replace('\n', '⏎'));
        return text.Length <= length ? text.ToString() : text.ToString(0, length) + "…";
    }

    public static async ValueTask<Parameters> Read(HttpRequest request)
    {
        var hasBody = HttpMethods.IsPost(request.Method) && request.ContentLength != 0 && request.ContentType is not null;
        if (!hasBody && !request.QueryString.HasValue)
            return None;

        var parameters = new Parameters();
        foreach (var (name, values) in request.Query)
            parameters.Add(name, values.ToString(), false);
        if (!hasBody)
            return parameters;

        if (request.ContentType!.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            await parameters.ReadJson(request);
        else if (request.HasFormContentType)
            await parameters.ReadForm(request);
        return parameters;
    }

    /// <summary>The members of a JSON object as parameters; null when it is none.</summary>
    public static Parameters? FromJson(byte[] json)
    {
        try
        {
            var parameters = new Parameters();
            parameters.ReadObject(new ReadOnlySequence<byte>(json));
            return parameters;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ApiFailure)
        {
            return null;
        }
    }

    private async Task ReadForm(HttpRequest request)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw ApiFailure.BadRequest("can't parse the request body");
        }

        foreach (var (name, values) in form)
            Add(name, values.ToString(), false);
        foreach (var file in form.Files)
            Add(file.Name, "attach://" + file.FileName, false);
    }

    private async Task ReadJson(HttpRequest request)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            try
            {
                if (!read.Buffer.IsEmpty)
                    ReadObject(read.Buffer);
            }
            catch (JsonException)
            {
                throw ApiFailure.BadRequest("can't parse JSON object");
            }
            catch (InvalidOperationException)
            {
                throw ApiFailure.BadRequest("strings must be encoded in UTF-8");
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }

            return;
        }
    }

    private void ReadObject(ReadOnlySequence<byte> body)
    {
        var contiguous = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        var json = new Utf8JsonReader(contiguous);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw ApiFailure.BadRequest("expected a JSON object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType == JsonTokenType.String)
            {
                Add(name, json.GetString()!, false);
                continue;
            }

            var start = (int)json.TokenStartIndex;
            json.Skip();
            Add(name, Encoding.UTF8.GetString(contiguous[start..(int)json.BytesConsumed]), true);
        }

        if (json.Read())
            throw new JsonException();
    }

    // The first value of a name counts.
    private void Add(string name, string value, bool isJson)
    {
        if (Scalars.HasLoneSurrogate(value))
            throw ApiFailure.BadRequest("strings must be encoded in UTF-8");
        _items.Add((name, value, isJson));
        Size += (name.Length + value.Length) * 2;
    }

    private static bool IsValid(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
