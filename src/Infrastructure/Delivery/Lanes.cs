using Microsoft.Extensions.Logging;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>
/// Work in order within a lane, lanes side by side under one limit. A lane lives only while it has work, and its owner
/// never waits for a stranger's.
/// </summary>
internal sealed partial class Lanes(ConcurrencyLimit limit, ILogger<Lanes> log)
{
    private readonly Dictionary<long, Queue<Func<Task>>> _lanes = [];
    private int _count;

    /// <summary>Work that is queued or under way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Some work has ended.</summary>
    public event Action? Freed;

    /// <summary>Work of one lane that is queued or under way.</summary>
    public int CountOf(long lane)
    {
        lock (_lanes)
            return _lanes.TryGetValue(lane, out var queue) ? queue.Count : 0;
    }

    /// <summary>Puts work at the end of a lane; never blocks. Work that throws is logged and does not stop its lane.</summary>
    public void Enqueue(long lane, Func<Task> work)
    {
        Interlocked.Increment(ref _count);
        lock (_lanes)
        {
            if (_lanes.TryGetValue(lane, out var queue))
            {
                queue.Enqueue(work);
                return;
            }

            _lanes[lane] = new Queue<Func<Task>>([work]);
        }

        // On the scheduler of whoever enqueues, so that a test can choose the order of whatever goes side by side.
        _ = Task.Factory.StartNew(() => Drain(lane), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
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
            catch (Exception escaped)
            {
                Escaped(escaped, lane);
            }
            finally
            {
                limit.Leave();
                Interlocked.Decrement(ref _count);
                Freed?.Invoke();
            }

            lock (_lanes)
            {
                var queue = _lanes[lane];
                queue.Dequeue();
                if (queue.Count == 0)
                {
                    _lanes.Remove(lane);
                    return;
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work of lane {Lane} threw")]
    private partial void Escaped(Exception failure, long lane);
}
