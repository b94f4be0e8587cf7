namespace MarketBot.Playground;

/// <summary>A formatted or recognised piece of a text (Bot API: MessageEntity). Offset and length count UTF-16 code units.</summary>
public sealed record TextEntity(string Type, int Offset, int Length)
{
    /// <summary>The address of a <c>text_link</c>.</summary>
    public string? Url { get; init; }

    /// <summary>The language of a <c>pre</c> block.</summary>
    public string? Language { get; init; }

    /// <summary>The person of a <c>text_mention</c>.</summary>
    public long? UserId { get; init; }

    /// <summary>The emoji of a <c>custom_emoji</c>.</summary>
    public string? CustomEmojiId { get; init; }

    internal int End => Offset + Length;
}

internal sealed record FormattedText(string Text, IReadOnlyList<TextEntity> Entities)
{
    public static readonly FormattedText Empty = new("", []);

    public bool Same(FormattedText other) => Text == other.Text && Entities.SequenceEqual(other.Entities);
}
