using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Logging.Abstractions;

namespace MarketBot.Tests.Unit.Delivery;

public sealed class LanesTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private readonly ConcurrencyLimit _limit = new(2);
    private readonly Lanes _lanes;

    public LanesTests() => _lanes = new Lanes(_limit, NullLogger<Lanes>.Instance);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int LaneCount() =>
        ((ICollection)typeof(Lanes).GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Single(f => f.FieldType.IsAssignableTo(typeof(IDictionary)))
            .GetValue(_lanes)!).Count;

    private static void InterlockedMax(ref int most, int candidate)
    {
        for (var known = Volatile.Read(ref most); candidate > known
            && Interlocked.CompareExchange(ref most, candidate, known) != known; known = Volatile.Read(ref most))
        {
            // Somebody else wrote a greater or a smaller one meanwhile.
        }
    }

    /// <summary>Ends when the work has ended.</summary>
    private Task Enqueue(long lane, Func<Task> work)
    {
        var done = Signal();
        _lanes.Enqueue(lane, async () =>
        {
            try
            {
                await work();
            }
            finally
            {
                done.SetResult();
            }
        });
        return done.Task;
    }

    public void Dispose() => _limit.Dispose();

    [Fact]
    public async Task Work_of_a_lane_is_done_one_by_one_in_order()
    {
        var done = new ConcurrentQueue<int>();
        var inside = 0;

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Enqueue(1, async () =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            await Task.Yield();
            done.Enqueue(i);
            Interlocked.Decrement(ref inside);
        })));

        Assert.Equal(Enumerable.Range(0, 200), done);
    }

    [Fact]
    public async Task Lanes_go_side_by_side()
    {
        var (here, there) = (Signal(), Signal());

        var one = Enqueue(1, async () =>
        {
            here.SetResult();
            await there.Task;
        });
        var two = Enqueue(2, async () =>
        {
            there.SetResult();
            await here.Task;
        });

        await Task.WhenAll(one, two).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task Work_that_throws_does_not_stop_its_lane()
    {
        var failing = Enqueue(1, () => throw new InvalidOperationException("broken"));
        var failingLater = Enqueue(1, async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("broken");
        });
        var next = Enqueue(1, () => Task.CompletedTask);

        await Task.WhenAll(failing, failingLater, next).WaitAsync(Soon, Ct);

        Assert.True(SpinWait.SpinUntil(() => _lanes.Count == 0 && LaneCount() == 0, Soon));
    }

    [Fact]
    public async Task A_lane_vanishes_when_it_is_empty_and_comes_back_with_new_work()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Enqueue(i, () => Task.CompletedTask)));

        Assert.True(SpinWait.SpinUntil(() => LaneCount() == 0, Soon));
        await Enqueue(1, () => Task.CompletedTask).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task No_more_is_done_at_once_than_the_limit_allows()
    {
        var (inside, most, two) = (0, 0, Signal());

        await Task.WhenAll(Enumerable.Range(0, 100).Select(lane => Enqueue(lane, async () =>
        {
            var now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            if (now == 2)
                two.TrySetResult();
            await two.Task;
            for (var i = 0; i < 50; i++)
                await Task.Yield();
            Interlocked.Decrement(ref inside);
        }))).WaitAsync(Soon, Ct);

        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Whoever_waits_outside_lets_another_one_in()
    {
        var (mayEnd, entered) = (Signal(), new SemaphoreSlim(0));
        Func<Task> waitOutside = async () =>
        {
            await _limit.Outside(
                async () =>
                {
                    entered.Release();
                    await mayEnd.Task;
                    return true;
                });
        };
        Task[] outside = [Enqueue(1, waitOutside), Enqueue(2, waitOutside)];
        await entered.WaitAsync(Ct);
        await entered.WaitAsync(Ct);

        await Task.WhenAll(Enqueue(3, () => Task.CompletedTask), Enqueue(4, () => Task.CompletedTask)).WaitAsync(Soon, Ct);

        mayEnd.SetResult();
        await Task.WhenAll(outside).WaitAsync(Soon, Ct);
    }

    [Fact]
    public async Task What_fails_outside_takes_its_place_again()
    {
        for (var i = 0; i < 5; i++)
        {
            await Enqueue(1, async () => await Assert.ThrowsAsync<InvalidOperationException>(() =>
                _limit.Outside<bool>(() => throw new InvalidOperationException("broken")))).WaitAsync(Soon, Ct);
        }

        await No_more_is_done_at_once_than_the_limit_allows();
    }

    [Fact]
    public async Task Whoever_feeds_the_lanes_is_told_when_work_has_ended()
    {
        var freed = Signal();
        _lanes.Freed += () => freed.TrySetResult();

        _lanes.Enqueue(1, () => Task.CompletedTask);

        await freed.Task.WaitAsync(Soon, Ct);
        Assert.Equal(0, _lanes.Count);
    }
}
