using System.Text.Json;
using System.Text.Json.Serialization;

namespace MarketBot.Application.Common;

/// <summary>A message to a person about an action of somebody else.</summary>
public enum Notice
{
    /// <summary>The person was banned.</summary>
    Banned,

    /// <summary>The person's ban was lifted.</summary>
    Unbanned,

    /// <summary>The person's subscription runs.</summary>
    Activated,

    /// <summary>The person's subscription has ended.</summary>
    Deactivated,

    /// <summary>A shop of theirs was switched on.</summary>
    ShopOn,

    /// <summary>A shop of theirs was switched off.</summary>
    ShopOff,

    /// <summary>Price updating of a shop of theirs was switched on.</summary>
    PricesOn,

    /// <summary>Price updating of a shop of theirs was switched off.</summary>
    PricesOff,
}

/// <summary>The content of a notice: a shop, or several that one person switched the same way.</summary>
/// <param name="Shop">The shop's name; of several, the first one's.</param>
/// <param name="Who">The name of the person who did it; null: somebody on the marketplace's own site.</param>
/// <param name="At">When, UTC; of several, the last time.</param>
/// <param name="Others">The names of further shops, as many as are to be named.</param>
/// <param name="Unnamed">The number of further shops, without names.</param>
public sealed record NoticeArguments(string Shop, string? Who, DateTime At, IReadOnlyList<string>? Others = null, int Unnamed = 0)
{
    /// <summary>The largest number of shops that a notice names; they fit into a message even with the longest names.</summary>
    public const int MostNamed = 10;

    /// <summary>The arguments of notices about the person only.</summary>
    public static NoticeArguments None { get; } = new("", null, default);

    /// <summary>The names of the shops that are to be named.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Named => [Shop, .. Others ?? []];

    /// <summary>The number of shops, named and unnamed.</summary>
    [JsonIgnore]
    public int Count => Named.Count + Unnamed;

    /// <summary>The same of more shops.</summary>
    public NoticeArguments And(NoticeArguments more)
    {
        string[] names = [.. Named, .. more.Named];
        var named = Math.Min(names.Length, MostNamed);
        return this with { At = At > more.At ? At : more.At, Others = names[1..named], Unnamed = Unnamed + more.Unnamed + names.Length - named };
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static NoticeArguments FromJson(string? json) => json is null ? None : JsonSerializer.Deserialize<NoticeArguments>(json)!;

    /// <summary>Writes it for storage.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);
}

/// <summary>The bans that people were told of: whoever tells one says so here, so that the watch over others' changes does not tell it again.</summary>
public interface IKnownBans
{
    /// <summary>The person is told, with the current unit of work.</summary>
    Task Know(TelegramId person, bool isBanned, CancellationToken ct);
}

/// <summary>Tells people what others did that concerns them. All that a use case sees of delivery.</summary>
public interface INotices
{
    /// <summary>Adds a notice with the current unit of work: it arrives if that is committed, whatever is killed afterwards, and once.</summary>
    void Tell(TelegramId person, Notice notice);
}
