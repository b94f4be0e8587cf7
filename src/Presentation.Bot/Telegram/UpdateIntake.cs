using System.Runtime.InteropServices;
using MarketBot.Infrastructure.Delivery;
using Telegram.Bot.Types;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Reads what Telegram hands over as far as the engine has to know it: the number, the lane, the bytes.</summary>
internal sealed class UpdateIntake(IUpdateIntake intake)
{
    /// <summary>Stores updates, all of them or, with an exception, none; those already known are passed over.</summary>
    public Task Take(IReadOnlyList<JsonElement> raw, CancellationToken ct)
    {
        var arrived = new ArrivedUpdate[raw.Count];
        for (var i = 0; i < arrived.Length; i++)
        {
            var update = UpdateReader.Read(raw[i]);
            arrived[i] = new ArrivedUpdate(raw[i].GetProperty("update_id").GetInt64(), LaneOf(update), Payload(raw[i])) { Content = update };
        }

        return intake.Take(arrived, ct);
    }

    /// <summary>The update that the engine gives back: as it was read when it arrived, or from its bytes.</summary>
    public static Update Read(StoredUpdate stored)
    {
        if (stored.Content is Update update)
            return update;

        using var json = JsonDocument.Parse(stored.Payload!);
        return UpdateReader.Read(json.RootElement);
    }

    /// <summary>
    /// An update as it is stored: whole, but for the buttons under which a press was made, which are most of it and which nobody will look at.
    /// </summary>
    public static byte[] Payload(JsonElement update)
    {
        var whole = JsonMarshal.GetRawUtf8Value(update);
        if (Member(Member(Member(update, "callback_query"), "message"), "reply_markup") is not { } buttons)
            return whole.ToArray();

        var unread = JsonMarshal.GetRawUtf8Value(buttons);
        whole.Overlaps(unread, out var at);
        return [.. whole[..at], .. "null"u8, .. whole[(at + unread.Length)..]];
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The lane an update belongs to: the person's or, where there is none in a private chat, the chat's.</summary>
    public static long LaneOf(Update? update) =>
        (update is null ? null : Incoming.From(update))?.ChatId
        ?? update?.MyChatMember?.Chat?.Id
        ?? update?.Message?.Chat?.Id
        ?? update?.CallbackQuery?.From?.Id
        ?? 0;
}
