using MarketBot.Application.Common;
using MarketBot.Presentation.Bot.Core;
using Microsoft.Extensions.Options;

namespace MarketBot.Presentation.Bot.Updates;

/// <summary>How many updates are handled at once; whoever waits for something slow lets another one in.</summary>
internal sealed class ConcurrencyLimit(IOptions<TelegramOptions> options) : IConcurrencySlot, IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrency);

    /// <summary>Waits for a place.</summary>
    public Task Enter(CancellationToken ct) => _places.WaitAsync(ct);

    /// <summary>Gives the place back.</summary>
    public void Leave() => _places.Release();

    /// <inheritdoc />
    public async Task<T> Outside<T>(Func<Task<T>> slow, CancellationToken ct)
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

/// <summary>Work in order within a lane, lanes side by side; a lane lives only while it has work.</summary>
internal sealed class Lanes(ConcurrencyLimit limit)
{
    private readonly Dictionary<long, Queue<Func<Task>>> _lanes = [];

    /// <summary>Puts work at the end of a lane; never blocks.</summary>
    /// <returns>Ends when the work has ended.</returns>
    public Task Enqueue(long lane, Func<Task> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<Task> step = async () =>
        {
            try
            {
                await work();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        };
        lock (_lanes)
        {
            if (_lanes.TryGetValue(lane, out var queue))
            {
                queue.Enqueue(step);
                return done.Task;
            }

            _lanes[lane] = new Queue<Func<Task>>([step]);
        }

        _ = Task.Run(() => Drain(lane));
        return done.Task;
    }

    private async Task Drain(long lane)
    {
        while (true)
        {
            Func<Task> next;
            lock (_lanes)
                next = _lanes[lane].Peek();

            await limit.Enter(CancellationToken.None);
            try
            {
                await next();
            }
            finally
            {
                limit.Leave();
            }

            lock (_lanes)
            {
                _lanes[lane].Dequeue();
                if (_lanes[lane].Count == 0)
                {
                    _lanes.Remove(lane);
                    return;
                }
            }
        }
    }
}
