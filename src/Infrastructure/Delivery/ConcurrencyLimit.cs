namespace MarketBot.Infrastructure.Delivery;

/// <summary>How many updates are handled at once; whoever waits for something slow lets another one in.</summary>
/// <param name="most">At most so many.</param>
internal sealed class ConcurrencyLimit(int most) : IDisposable
{
    private readonly SemaphoreSlim _places = new(most);

    /// <summary>Waits for a place.</summary>
    public Task Enter(CancellationToken ct) => _places.WaitAsync(ct);

    /// <summary>Gives the place back.</summary>
    public void Leave() => _places.Release();

    /// <summary>Lets somebody else have the place while something slow, with a gate of its own, is waited for.</summary>
    public async Task<T> Outside<T>(Func<Task<T>> slow)
    {
        Leave();
        try
        {
            return await slow();
        }
        finally
        {
            await Enter(CancellationToken.None);
        }
    }

    public void Dispose() => _places.Dispose();
}
