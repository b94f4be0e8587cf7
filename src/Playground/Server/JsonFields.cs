namespace MarketBot.Playground;

/// <summary>Reads fields of JSON objects with Telegram's complaints about missing and mistyped ones.</summary>
internal static class JsonFields
{
    public static string RequiredString(this JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? AsText(value, name)
        : throw new FieldProblem($"Can't find field \"{name}\"");

    public static string OptionalString(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? AsText(value, name) : "";

    public static bool OptionalBool(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new FieldProblem($"Field \"{name}\" must be of type Boolean"),
        };

    public static long RequiredLong(this JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            throw new FieldProblem($"Can't find field \"{name}\"");
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
            return number;
        if (value.ValueKind == JsonValueKind.String
            && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return number;
        throw new FieldProblem($"Field \"{name}\" must be a valid Number");
    }

    public static JsonElement? OptionalObject(this JsonElement json, string name) => Typed(json, name, JsonValueKind.Object, "Object");

    public static JsonElement? OptionalArray(this JsonElement json, string name) => Typed(json, name, JsonValueKind.Array, "Array");

    public static bool Has(this JsonElement json, string name) => json.TryGetProperty(name, out _);

    private static JsonElement? Typed(JsonElement json, string name, JsonValueKind kind, string type)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == kind ? value : throw new FieldProblem($"Field \"{name}\" must be of type {type}");
    }

    // Telegram takes a number where a string is expected.
    private static string AsText(JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetRawText();
        if (value.ValueKind != JsonValueKind.String)
            throw new FieldProblem($"Field \"{name}\" must be of type String");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ApiFailure.BadRequest("strings must be encoded in UTF-8");
        }
    }
}

/// <summary>A complaint about one field, which the reader of the whole object may introduce with its own words.</summary>
internal sealed class FieldProblem(string problem) : Exception(problem)
{
    /// <summary>As a description of its own: the first letter is lowered, as Telegram does.</summary>
    public ApiFailure ToFailure() => ApiFailure.BadRequest(char.ToLowerInvariant(Message[0]) + Message[1..]);

    public ApiFailure ToFailure(string introduction) => ApiFailure.BadRequest($"{introduction}: {Message}");
}
