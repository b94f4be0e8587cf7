using Telegram.Bot.Requests;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Asks for updates as they come (Bot API: <c>getUpdates</c>), so that they can be stored with what the client does not know yet.</summary>
internal sealed class GetRawUpdates() : RequestBase<JsonElement[]>("getUpdates")
{
    /// <summary>The first update wanted; all before it are confirmed. The client's own request has no room for an id above 2^31.</summary>
    public long? Offset { get; set; }

    /// <summary>The largest number of updates.</summary>
    public int? Limit { get; set; }

    /// <summary>Seconds that Telegram may hold an empty answer back.</summary>
    public int? Timeout { get; set; }

    public IEnumerable<UpdateType>? AllowedUpdates { get; set; }
}
