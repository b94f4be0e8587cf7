namespace MarketBot.Application.Common;

/// <summary>The caller's place under the limit of updates handled at once.</summary>
public interface IConcurrencySlot
{
    /// <summary>Lets somebody else have the place while something slow, with a gate of its own, is waited for.</summary>
    Task<T> Outside<T>(Func<Task<T>> slow, CancellationToken ct);
}
