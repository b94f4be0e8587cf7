using System.Runtime.InteropServices;
using System.Text.Json;
using MarketBot.Application.Common;
using MarketBot.Presentation.Bot.Core;
using Telegram.Bot;
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
        var read = raw.Select(json => (Json: json, Update: Read(json))).ToList();
        var ids = await inbox.Store(
            [.. read.Select(r => new ArrivedUpdate(r.Json.GetProperty("update_id").GetInt64(), LaneOf(r.Update), JsonMarshal.GetRawUtf8Value(r.Json).ToArray()))], ct);
        if (ids.Count(id => id is null) is > 0 and var known)
            metrics.Repeated.Add(known);
        feeder.Offer([.. read.Zip(ids).Where(r => r.Second is not null).Select(r => new StoredUpdate(r.Second!.Value, LaneOf(r.First.Update), 0, r.First.Update, now))]);
    }

    /// <summary>An update that the client cannot read is an empty one, which nobody handles; never an exception.</summary>
    public static Update Read(JsonElement json)
    {
        try
        {
            return json.Deserialize<Update>(JsonBotAPI.Options) ?? new Update();
        }
        catch (JsonException)
        {
            return new Update();
        }
    }

    /// <summary>The lane an update belongs to: the person's or, where there is none in a private chat, the chat's.</summary>
    public static long LaneOf(Update? update) =>
        (update is null ? null : Incoming.From(update))?.ChatId
        ?? update?.MyChatMember?.From.Id
        ?? update?.Message?.Chat.Id
        ?? update?.CallbackQuery?.From.Id
        ?? 0;
}
