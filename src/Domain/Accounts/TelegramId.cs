namespace MarketBot.Domain.Accounts;

/// <summary>The id of a person at Telegram. At most 52 significant bits (Bot API: <c>User.id</c>), so always 64-bit here.</summary>
/// <param name="Value">The identifier; also the id of the private chat with that person.</param>
public readonly record struct TelegramId(long Value) : IComparable<TelegramId>
{
    /// <inheritdoc />
    public int CompareTo(TelegramId other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>In the order of ids.</summary>
    public static bool operator <(TelegramId left, TelegramId right) => left.Value < right.Value;

    /// <summary>In the order of ids.</summary>
    public static bool operator >(TelegramId left, TelegramId right) => left.Value > right.Value;

    /// <summary>In the order of ids.</summary>
    public static bool operator <=(TelegramId left, TelegramId right) => left.Value <= right.Value;

    /// <summary>In the order of ids.</summary>
    public static bool operator >=(TelegramId left, TelegramId right) => left.Value >= right.Value;
}
