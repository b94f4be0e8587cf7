namespace MarketBot.Application.Common;

/// <summary>The change that a command made; never contains a secret.</summary>
/// <param name="Action">The command's name.</param>
/// <param name="Shop">The shop it changed, if one.</param>
/// <param name="Person">The person it changed, if one.</param>
/// <param name="Before">The state before the change, in a word or two.</param>
/// <param name="After">The state after the change.</param>
public sealed record Change(string Action, ShopId? Shop = null, TelegramId? Person = null, string? Before = null, string? After = null)
{
    /// <summary>A switch in a word.</summary>
    public static string OnOff(bool on) => on ? "on" : "off";
}

/// <summary>
/// The record of who changed what: a row for every command that changed something, in the transaction of the effect, so that an effect and its row are there
/// together or not at all. Who and in which update is known from the caller.
/// </summary>
public interface IAudit
{
    /// <summary>Adds a row with the current unit of work.</summary>
    void Record(Change change);
}
