namespace MarketBot.Application.Common;

/// <summary>What came to light while an update was handled and concerns those who look after the marketplace, not the person.</summary>
public sealed class Findings
{
    /// <summary>Shops that have one API key between them, in the order of keys; none as a rule.</summary>
    public IReadOnlyList<ShopId> ShopsOfOneKey { get; private set; } = [];

    /// <summary>Notes them.</summary>
    public void OneKeyOf(IReadOnlyList<ShopId> shops) => ShopsOfOneKey = shops;
}
