using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Reads updates. The client throws at what it does not know yet, such as a new kind of member or of a forwarded message's origin; here that costs only the
/// part it cannot read. Its exceptions are no guide to that part: inside such an object their path begins anew, and without the member that names the kind they
/// have none. So what it cannot read is put together anew, part by part, without those at which it throws.
/// </summary>
internal static class UpdateReader
{
    /// <summary>The parts of a message that the bot never reads, although they are most of a press: the screen under which it was made.</summary>
    private static readonly string[] Unread = ["reply_markup", "entities", "caption_entities", "link_preview_options"];

    private static readonly JsonSerializerOptions Reading = new(JsonBotAPI.Options)
    {
        TypeInfoResolver = (JsonBotAPI.Options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(LeaveOut),
    };

    /// <summary>Reads an update, or as much of it as the client can read; never an exception.</summary>
    public static Update Read(JsonElement json)
    {
        try
        {
            return json.Deserialize<Update>(Reading) ?? new Update();
        }
        catch (Exception)
        {
            return Mend(json);
        }
    }

    private static Update Mend(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return new Update();

        var whole = new JsonObject();
        Rebuild(json, whole, whole);
        var update = whole.Deserialize<Update>(Reading)!;
        // The id is only compared with itself, so the lower half of an id that is too long for the client is enough.
        if (update.Id == 0 && json.TryGetProperty("update_id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var large))
            update.Id = unchecked((int)large);
        return update;
    }

    /// <summary>Copies the members one by one; the one that names an object's kind is a text, so texts come first, and together.</summary>
    private static void Rebuild(JsonElement from, JsonObject to, JsonObject whole)
    {
        var texts = from.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.String).ToList();
        texts.ForEach(text => to[text.Name] = Copy(text.Value));
        if (!Reads(whole))
        {
            to.Clear();
            texts.ForEach(text => Add(text, to, whole));
            if (!Reads(whole))
                return;
        }

        foreach (var member in from.EnumerateObject().Where(m => m.Value.ValueKind != JsonValueKind.String))
            Add(member, to, whole);
    }

    private static void Add(JsonProperty member, JsonObject to, JsonObject whole)
    {
        to[member.Name] = Copy(member.Value);
        if (Reads(whole))
            return;

        if (member.Value.ValueKind == JsonValueKind.Object)
        {
            var part = new JsonObject();
            to[member.Name] = part;
            Rebuild(member.Value, part, whole);
            if (Reads(whole))
                return;
        }

        to.Remove(member.Name);
    }

    private static bool Reads(JsonObject whole)
    {
        try
        {
            whole.Deserialize<Update>(Reading);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static JsonNode? Copy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value),
        JsonValueKind.Array => JsonArray.Create(value),
        _ => JsonValue.Create(value),
    };

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (type.Type != typeof(Message))
            return;

        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (Unread.Contains(type.Properties[i].Name))
                type.Properties.RemoveAt(i);
        }
    }
}
