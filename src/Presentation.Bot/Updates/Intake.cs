using System.Runtime.InteropServices;
using System.Text.Json;
using MarketBot.Application.Common;
using MarketBot.Presentation.Bot.Core;
using MarketBot.Presentation.Bot.Telegram;
using Telegram.Bot.Types;

namespace MarketBot.Presentation.Bot.Updates;

/// <summary>An update that is stored and waits for its lane.</summary>
/// <param name="Id">Its place in the inbox.</param>
/// <param name="Lane">Whose turn it is.</param>
/// <param name="Epoch">This process's turn at the lane.</param>
/// <param name="Update">The update; null when it cannot be decrypted.</param>
/// <param name="ReceivedAt">When it arrived, UTC.</param>
/// <param name="Tries">How often handling it has failed.</param>
/// <param name="Reply">The reply that was committed with its effect, perhaps not sent.</param>
internal sealed record StoredUpdate(long Id, long Lane, long Epoch, Update? Update, DateTime ReceivedAt, int Tries = 0, byte[]? Reply = null);

/// <summary>The one door: whatever Telegram hands over is stored here before Telegram is told that we have it.</summary>
internal sealed class Intake(IInbox inbox, Feeder feeder, Metrics metrics, TimeProvider time)
{
    /// <summary>Stores updates, all of them or, with an exception, none; those already known are passed over.</summary>
    public async Task Take(IReadOnlyList<JsonElement> raw, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var updates = new Update[raw.Count];
        var arrived = new ArrivedUpdate[raw.Count];
        for (var i = 0; i < arrived.Length; i++)
        {
            updates[i] = UpdateReader.Read(raw[i]);
            arrived[i] = new ArrivedUpdate(raw[i].GetProperty("update_id").GetInt64(), LaneOf(updates[i]), Payload(raw[i]));
        }

        var places = await inbox.Store(arrived, ct);
        var fresh = new List<StoredUpdate>(arrived.Length);
        for (var i = 0; i < arrived.Length; i++)
        {
            if (places[i] is { } place)
                fresh.Add(new StoredUpdate(place, arrived[i].Lane, 0, updates[i], now));
        }

        if (arrived.Length - fresh.Count is > 0 and var known)
            metrics.Repeated.Add(known);
        feeder.Offer(fresh);
    }

    /// <summary>An update as it is stored: whole, but for the buttons under which a press was made, which are most of it and which nobody will look at.</summary>
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
