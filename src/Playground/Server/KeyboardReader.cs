namespace MarketBot.Playground;

/// <summary>Reads reply_markup with the limits and complaints of Telegram (Bot API: InlineKeyboardMarkup).</summary>
internal static class KeyboardReader
{
    private const int MaxButtons = 100;
    private const int MaxButtonsPerRow = 8;

    /// <summary>The inline keyboard of the call; other kinds of markup are checked and give no buttons.</summary>
    public static Keyboard Read(Parameters parameters, bool isInvoice = false, bool onlyInline = false)
    {
        if (parameters.Json("reply_markup", "reply keyboard markup") is not { } markup)
            return Keyboard.None;
        if (markup.ValueKind != JsonValueKind.Object)
            throw ApiFailure.BadRequest("object expected as reply markup");
        try
        {
            var isInline = ReadOthers(markup) is not true;
            if (markup.OptionalArray("inline_keyboard") is { } rows && rows.GetArrayLength() > 0 && isInline)
                return ReadInline(rows, isInvoice);
            if (onlyInline && (!isInline || markup.OptionalBool("remove_keyboard") || markup.OptionalBool("force_reply")))
                throw ApiFailure.BadRequest("inline keyboard expected");
            return Keyboard.None;
        }
        catch (FieldProblem problem)
        {
            throw problem.ToFailure();
        }
    }

    // True when it is a keyboard of the app's own kind, which wins over an inline one.
    private static bool ReadOthers(JsonElement markup)
    {
        var rows = markup.OptionalArray("keyboard");
        if (rows is { } array)
        {
            foreach (var row in array.EnumerateArray())
            {
                if (row.ValueKind != JsonValueKind.Array)
                    throw ApiFailure.BadRequest("field \"keyboard\" must be an Array of Arrays");
                foreach (var button in row.EnumerateArray())
                {
                    if (button.ValueKind == JsonValueKind.Object)
                        Introduce("can't parse keyboard button", () => button.RequiredString("text"));
                    else if (button.ValueKind != JsonValueKind.String)
                        throw ApiFailure.BadRequest("can't parse keyboard button: KeyboardButton must be a String or an Object");
                }
            }
        }

        foreach (var flag in new[] { "remove_keyboard", "selective", "force_reply", "resize_keyboard", "one_time_keyboard", "is_persistent" })
            markup.OptionalBool(flag);
        return rows is { } found && found.GetArrayLength() > 0;
    }

    private static Keyboard ReadInline(JsonElement rows, bool isInvoice)
    {
        var result = new List<IReadOnlyList<Button>>();
        var kept = new List<List<(Button Button, JsonElement Json)>>();
        var count = 0;
        foreach (var row in rows.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array)
                throw ApiFailure.BadRequest("field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays");
            var buttons = new List<(Button Button, JsonElement Json)>();
            foreach (var json in row.EnumerateArray())
            {
                if (json.ValueKind != JsonValueKind.Object)
                    throw ApiFailure.BadRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object");
                var button = Introduce("can't parse inline keyboard button", () => ReadButton(json));
                if (button.Text.Length == 0)
                    continue;
                if (button.Pay && (!isInvoice || count > 0))
                    throw ApiFailure.BadRequest(isInvoice ? "BUTTON_POS_INVALID" : "BUTTON_TYPE_INVALID");
                count++;
                // Measured by others, not documented: what exceeds eight in a row is cut off, and more than a hundred are refused.
                if (buttons.Count < MaxButtonsPerRow)
                    buttons.Add((button, json));
            }

            if (buttons.Count == 0)
                continue;
            kept.Add(buttons);
            result.Add([.. buttons.Select(b => b.Button)]);
        }

        if (count > MaxButtons)
            throw ApiFailure.BadRequest("reply markup is too long");
        if (isInvoice && count > 0 && !result[0][0].Pay)
            throw ApiFailure.BadRequest("REPLY_MARKUP_BUY_EMPTY");
        return count == 0 ? Keyboard.None : new Keyboard(result, Encoding.UTF8.GetString(TelegramJson.Bytes(kept, Write)));
    }

    private static Button ReadButton(JsonElement json)
    {
        var text = Scalars.Tidy(new FormattedText(json.RequiredString("text"), [])).Text;
        var style = json.OptionalString("style");
        if (style is not ("" or "danger" or "success" or "primary"))
            throw ApiFailure.BadRequest("can't parse inline keyboard button: Unsupported button style specified");
        var button = new Button(text) { Style = style.Length > 0 ? style : null };

        if (json.OptionalString("url") is { Length: > 0 } url)
        {
            if (Links.UserOf(url) is null && Links.Check(url, out url) is { } problem)
                throw ApiFailure.BadRequest($"inline keyboard button URL '{json.OptionalString("url")}' is invalid: {problem}");
            return button with { Url = url };
        }

        if (json.OptionalString("callback_data") is { Length: > 0 } data)
            return Encoding.UTF8.GetByteCount(data) <= 64 ? button with { Data = data } : throw ApiFailure.BadRequest("BUTTON_DATA_INVALID");
        if (json.Has("pay"))
            return button with { Pay = true };
        if (json.OptionalObject("web_app") is { } app)
        {
            var address = app.RequiredString("url");
            return Links.Check(address, out _, onlyHttps: true) is { } problem
                ? throw ApiFailure.BadRequest($"inline keyboard button Web App URL '{address}' is invalid: {problem}")
                : button with { Url = address };
        }

        if (json.OptionalObject("copy_text") is { } copy)
            return copy.RequiredString("text").Length is > 0 and <= 256 ? button : throw ApiFailure.BadRequest("BUTTON_COPY_TEXT_INVALID");
        if (json.Has("switch_inline_query") || json.Has("switch_inline_query_current_chat") || json.Has("switch_inline_query_chosen_chat")
            || json.Has("login_url"))
            return button;
        throw ApiFailure.BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
    }

    // One canonical form, so that two keyboards can be compared as text.
    private static void Write(Utf8JsonWriter w, List<List<(Button Button, JsonElement Json)>> rows)
    {
        w.WriteStartObject();
        w.WriteStartArray("inline_keyboard");
        foreach (var row in rows)
        {
            w.WriteStartArray();
            foreach (var (button, json) in row)
            {
                w.WriteStartObject();
                w.WriteString("text", button.Text);
                if (button.Style is not null)
                    w.WriteString("style", button.Style);
                if (button.Data is not null)
                    w.WriteString("callback_data", button.Data);
                else if (button.Pay)
                    w.WriteBoolean("pay", true);
                else if (button.Url is not null && !json.Has("web_app"))
                    w.WriteString("url", button.Url);
                else
                    WriteAction(w, json);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteAction(Utf8JsonWriter w, JsonElement json)
    {
        string[] others =
            ["web_app", "copy_text", "login_url", "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat"];
        foreach (var name in others)
        {
            if (!json.TryGetProperty(name, out var value))
                continue;
            w.WritePropertyName(name);
            value.WriteTo(w);
            return;
        }
    }

    private static T Introduce<T>(string introduction, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FieldProblem problem)
        {
            throw problem.ToFailure(introduction);
        }
    }
}
