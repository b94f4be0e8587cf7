namespace MarketBot.Application.Common;

/// <summary>
/// Faults in the data of the marketplace, found while an update was handled, for those who look after the marketplace and not for the person.
/// </summary>
public sealed class Findings
{
    /// <summary>Shops that have one API key between them, in the order of keys; none as a rule.</summary>
    public IReadOnlyList<ShopId> ShopsOfOneKey { get; private set; } = [];

    /// <summary>Notes them.</summary>
    public void OneKeyOf(IReadOnlyList<ShopId> shops) => ShopsOfOneKey = shops;
}
