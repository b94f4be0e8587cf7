using MarketBot.Tests.Integration.Kit;
using Microsoft.Extensions.Time.Testing;

namespace MarketBot.Tests.Integration.Playground;

/// <summary>A clock that stands still until a test moves it, and knows who waits.</summary>
internal sealed class FakeTime() : FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
{
    private readonly Lock _gate = new();
    private readonly HashSet<DateTimeOffset> _due = [];
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_gate)
        {
            _due.Add(GetUtcNow() + dueTime);
            _added.SetResult();
            _added = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return timer;
    }

    /// <summary>Until somebody waits for exactly this long from now.</summary>
    public async Task Waits(TimeSpan time)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_due.Contains(GetUtcNow() + time))
                    return;
                next = _added.Task;
            }

            await next.WaitAsync(Patience.Limit, RawBot.Ct);
        }
    }
}
