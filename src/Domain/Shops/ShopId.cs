using System.Globalization;

namespace MarketBot.Domain.Shops;

/// <summary>The key of a shop (column <c>shops.id</c>).</summary>
/// <param name="Value">A positive 64-bit number; 0 until the shop is stored.</param>
public readonly record struct ShopId(long Value) : IComparable<ShopId>
{
    /// <inheritdoc />
    public int CompareTo(ShopId other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Compares keys in their order.</summary>
    public static bool operator <(ShopId left, ShopId right) => left.Value < right.Value;

    /// <summary>Compares keys in their order.</summary>
    public static bool operator >(ShopId left, ShopId right) => left.Value > right.Value;

    /// <summary>Compares keys in their order.</summary>
    public static bool operator <=(ShopId left, ShopId right) => left.Value <= right.Value;

    /// <summary>Compares keys in their order.</summary>
    public static bool operator >=(ShopId left, ShopId right) => left.Value >= right.Value;
}
