using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Telegram.Bot.Types;

/// <summary>What all files of the Bot API have in common.</summary>
public abstract class FileBase
{
    /// <summary>What the file is called in requests of this bot.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string FileId { get; set; } = "";

    /// <summary>What the file is called everywhere; no use in requests.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string FileUniqueId { get; set; } = "";

    /// <summary>The size in bytes.</summary>
    public long? FileSize { get; set; }
}

/// <summary>Bot API type <c>PhotoSize</c>.</summary>
public sealed class PhotoSize : FileBase
{
    /// <summary>The width.</summary>
    public int Width { get; set; }

    /// <summary>The height.</summary>
    public int Height { get; set; }
}

/// <summary>Bot API type <c>Animation</c>.</summary>
public sealed class Animation : FileBase
{
    /// <summary>The width.</summary>
    public int Width { get; set; }

    /// <summary>The height.</summary>
    public int Height { get; set; }

    /// <summary>The length in seconds.</summary>
    public int Duration { get; set; }

    /// <summary>The name it was sent with.</summary>
    public string? FileName { get; set; }

    /// <summary>The media type it was sent with.</summary>
    public string? MimeType { get; set; }
}

/// <summary>Bot API type <c>Audio</c>.</summary>
public sealed class Audio : FileBase
{
    /// <summary>The length in seconds.</summary>
    public int Duration { get; set; }

    /// <summary>Who plays.</summary>
    public string? Performer { get; set; }

    /// <summary>What.</summary>
    public string? Title { get; set; }

    /// <summary>The name it was sent with.</summary>
    public string? FileName { get; set; }

    /// <summary>The media type it was sent with.</summary>
    public string? MimeType { get; set; }
}

/// <summary>Bot API type <c>Document</c>.</summary>
public sealed class Document : FileBase
{
    /// <summary>The name it was sent with.</summary>
    public string? FileName { get; set; }

    /// <summary>The media type it was sent with.</summary>
    public string? MimeType { get; set; }
}

/// <summary>Bot API type <c>Video</c>.</summary>
public sealed class Video : FileBase
{
    /// <summary>The width.</summary>
    public int Width { get; set; }

    /// <summary>The height.</summary>
    public int Height { get; set; }

    /// <summary>The length in seconds.</summary>
    public int Duration { get; set; }

    /// <summary>The name it was sent with.</summary>
    public string? FileName { get; set; }

    /// <summary>The media type it was sent with.</summary>
    public string? MimeType { get; set; }
}

/// <summary>Bot API type <c>VideoNote</c>.</summary>
public sealed class VideoNote : FileBase
{
    /// <summary>The diameter.</summary>
    public int Length { get; set; }

    /// <summary>The length in seconds.</summary>
    public int Duration { get; set; }
}

/// <summary>Bot API type <c>Voice</c>.</summary>
public sealed class Voice : FileBase
{
    /// <summary>The length in seconds.</summary>
    public int Duration { get; set; }

    /// <summary>The media type it was sent with.</summary>
    public string? MimeType { get; set; }
}

/// <summary>Bot API type <c>Sticker</c>.</summary>
public sealed class Sticker : FileBase
{
    /// <summary>The width.</summary>
    public int Width { get; set; }

    /// <summary>The height.</summary>
    public int Height { get; set; }

    /// <summary>Whether it moves.</summary>
    public bool IsAnimated { get; set; }

    /// <summary>Whether it is a video.</summary>
    public bool IsVideo { get; set; }

    /// <summary>The emoji it stands for.</summary>
    public string? Emoji { get; set; }

    /// <summary>The set it belongs to.</summary>
    public string? SetName { get; set; }
}

/// <summary>Bot API type <c>Story</c>.</summary>
public sealed class Story
{
    /// <summary>The story's number within its chat.</summary>
    public int Id { get; set; }

    /// <summary>The chat that posted it.</summary>
    public Chat? Chat { get; set; }
}

/// <summary>Bot API type <c>Contact</c>.</summary>
public sealed class Contact
{
    /// <summary>The phone number.</summary>
    public string PhoneNumber { get; set; } = "";

    /// <summary>The first name.</summary>
    public string FirstName { get; set; } = "";

    /// <summary>The last name.</summary>
    public string? LastName { get; set; }

    /// <summary>The user, if the contact is one.</summary>
    public long? UserId { get; set; }

    /// <summary>More, as a vCard.</summary>
    public string? Vcard { get; set; }
}

/// <summary>Bot API type <c>Dice</c>.</summary>
public sealed class Dice
{
    /// <summary>The kind of die.</summary>
    public string Emoji { get; set; } = "";

    /// <summary>What was thrown.</summary>
    public int Value { get; set; }
}

/// <summary>Bot API type <c>Game</c>.</summary>
public sealed class Game
{
    /// <summary>The title.</summary>
    public string Title { get; set; } = "";

    /// <summary>What it is about.</summary>
    public string Description { get; set; } = "";
}

/// <summary>Bot API type <c>Poll</c>, without its options.</summary>
public sealed class Poll
{
    /// <summary>The poll's name.</summary>
    public string Id { get; set; } = "";

    /// <summary>What is asked.</summary>
    public string Question { get; set; } = "";

    /// <summary>How many answered.</summary>
    public int TotalVoterCount { get; set; }

    /// <summary>Whether it is over.</summary>
    public bool IsClosed { get; set; }
}

/// <summary>Bot API type <c>Location</c>.</summary>
public sealed class Location
{
    /// <summary>Degrees east.</summary>
    public double Longitude { get; set; }

    /// <summary>Degrees north.</summary>
    public double Latitude { get; set; }

    /// <summary>How uncertain it is, in metres.</summary>
    public double? HorizontalAccuracy { get; set; }

    /// <summary>For how many seconds it is live.</summary>
    public int? LivePeriod { get; set; }
}

/// <summary>Bot API type <c>Venue</c>.</summary>
public sealed class Venue
{
    /// <summary>Where it is.</summary>
    public Location? Location { get; set; }

    /// <summary>The name.</summary>
    public string Title { get; set; } = "";

    /// <summary>The address.</summary>
    public string Address { get; set; } = "";
}

/// <summary>Bot API type <c>WebAppInfo</c>: a Mini App.</summary>
public sealed class WebAppInfo
{
    /// <summary>Creates an empty one.</summary>
    public WebAppInfo()
    {
    }

    /// <summary>Names the Mini App's address.</summary>
    [SetsRequiredMembers]
    public WebAppInfo(string url) => Url = url;

    /// <summary>The HTTPS address.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Url { get; set; }

    /// <summary>Names the Mini App's address.</summary>
    public static implicit operator WebAppInfo(string url) => new(url);
}
