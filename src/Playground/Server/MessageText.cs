namespace MarketBot.Playground;

/// <summary>Reads a text with its parse_mode or entities, as sendMessage and editMessageText take it.</summary>
internal static class MessageText
{
    private const int MaxBytes = 1 << 15;
    private const int MaxLength = 4096;

    public static FormattedText Read(Parameters parameters, TelegramWorld world, string tooLong = "message is too long")
    {
        var raw = parameters["text"];
        if (raw.Length == 0)
            throw ApiFailure.BadRequest("message text is empty");
        if (raw.Length > MaxBytes || Encoding.UTF8.GetByteCount(raw) > MaxBytes)
            throw ApiFailure.BadRequest("text is too long");
        CheckLinkPreview(parameters);

        var parsed = parameters["parse_mode"].ToUpperInvariant() switch
        {
            "HTML" => HtmlParser.Parse(raw),
            "MARKDOWN" or "MARKDOWNV2" => throw ApiFailure.BadRequest("can't parse entities: the playground reads HTML only, not " + parameters["parse_mode"]),
            "" or "NONE" => new FormattedText(raw, ReadEntities(parameters, raw, world)),
            _ => throw ApiFailure.BadRequest("unsupported parse_mode"),
        };

        var text = EntityFinder.Mark(Scalars.Tidy(parsed));
        if (text.Text.Length == 0)
            throw ApiFailure.BadRequest("text must be non-empty");
        // Telegram counts characters; code units are what its apps count, and never fewer.
        if (text.Text.Length > MaxLength)
            throw ApiFailure.BadRequest(tooLong);
        return text;
    }

    private static List<TextEntity> ReadEntities(Parameters parameters, string text, TelegramWorld world)
    {
        JsonElement? json = null;
        try
        {
            json = parameters.Json("entities", "entities");
        }
        catch (ApiFailure)
        {
            // Telegram ignores entities that are not JSON.
        }

        if (json is not { ValueKind: JsonValueKind.Array } array)
            return [];

        var entities = new List<TextEntity>();
        foreach (var item in array.EnumerateArray())
        {
            try
            {
                if (ReadEntity(item, text, world) is { } entity)
                    entities.Add(entity);
            }
            catch (FieldProblem problem)
            {
                throw problem.ToFailure("can't parse MessageEntity");
            }
        }

        entities.Sort(EntityOrder.Instance);
        return entities;
    }

    private static TextEntity? ReadEntity(JsonElement json, string text, TelegramWorld world)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new FieldProblem("expected an Object");
        var (offset, length) = ((int)json.RequiredLong("offset"), (int)json.RequiredLong("length"));
        var type = json.RequiredString("type");
        var entity = new TextEntity(type, offset, length);
        switch (type)
        {
            case "mention" or "hashtag" or "cashtag" or "bot_command" or "url" or "email" or "phone_number" or "bank_card_number":
                return null;
            case "bold" or "italic" or "underline" or "strikethrough" or "spoiler" or "code" or "blockquote" or "expandable_blockquote":
                break;
            case "pre":
                entity = entity with { Language = json.OptionalString("language") is { Length: > 0 } language ? language : null };
                break;
            case "text_link":
                var url = json.RequiredString("url");
                if (Links.Check(url, out var full) is { } problem)
                    throw ApiFailure.BadRequest($"entity URL '{url}' is invalid: {problem}");
                entity = entity with { Url = full };
                break;
            case "text_mention":
                if (json.OptionalObject("user") is not { } user)
                    throw new FieldProblem("Can't find field \"user\"");
                if (world.FindPerson(user.RequiredLong("id")) is not { } person)
                    throw ApiFailure.BadRequest("user not found");
                entity = entity with { UserId = person.Id };
                break;
            case "custom_emoji":
                entity = entity with { CustomEmojiId = json.RequiredLong("custom_emoji_id").ToString(System.Globalization.CultureInfo.InvariantCulture) };
                break;
            default:
                throw new FieldProblem("Unsupported type specified");
        }

        if (offset < 0)
            throw ApiFailure.BadRequest($"receive an entity with incorrect offset {offset}");
        if (length < 0)
            throw ApiFailure.BadRequest($"receive an entity with incorrect length {length}");
        if (offset > text.Length)
            throw ApiFailure.BadRequest($"entity begins after the end of the text at UTF-16 offset {offset}");
        if (offset + length > text.Length)
            throw ApiFailure.BadRequest($"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {offset + length}");
        return length > 0 ? entity : null;
    }

    private static void CheckLinkPreview(Parameters parameters)
    {
        if (parameters.Json("link_preview_options", "link preview options") is not { } options)
            return;
        if (options.ValueKind != JsonValueKind.Object)
            throw ApiFailure.BadRequest("object expected as link preview options");
        try
        {
            foreach (var flag in new[] { "is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text" })
                options.OptionalBool(flag);
            if (options.OptionalString("url") is { Length: > 0 } url && Links.Check(url, out _) is not null)
                throw ApiFailure.BadRequest("WEBPAGE_URL_INVALID");
        }
        catch (FieldProblem problem)
        {
            throw problem.ToFailure();
        }
    }
}
