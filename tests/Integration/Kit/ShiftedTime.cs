namespace MarketBot.Tests.Integration.Kit;

/// <summary>The real clock, put forward by a test.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<WeakReference<ShiftedTimer>> _timers = [];
    private long _shift;
    private long _passed;

    /// <summary>From now on it is later by that much, or earlier; timers go on as they were set.</summary>
    public void Forward(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    /// <summary>Moves the clock and the timestamps by a time at once: timers that wait for less are due now.</summary>
    public void Pass(TimeSpan time)
    {
        Forward(time);
        Interlocked.Add(ref _passed, (long)(time.TotalSeconds * TimestampFrequency));
        foreach (var timer in Timers())
            timer.Pass(time);
    }

    /// <summary>Waits until somebody waits for exactly that long, and lets it pass: however late they begin to wait, they are not missed.</summary>
    public Task Elapses(TimeSpan wait, CancellationToken ct) => TestBot.Until(() => PassesFor(wait), ct, $"somebody who waits for {wait}");

    /// <summary>Lets that long pass if somebody waits for exactly that.</summary>
    public bool PassesFor(TimeSpan wait)
    {
        if (!Timers().Any(t => t.WaitsFor(wait)))
            return false;

        Pass(wait);
        return true;
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _passed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ShiftedTimer(callback, state, dueTime, period);
        lock (_gate)
        {
            if (_timers.Count > 1000)
                _timers.RemoveAll(t => !t.TryGetTarget(out _));
            _timers.Add(new WeakReference<ShiftedTimer>(timer));
        }

        return timer;
    }

    private ShiftedTimer[] Timers()
    {
        lock (_gate)
        {
            _timers.RemoveAll(t => !t.TryGetTarget(out _));
            return [.. _timers.Select(t => t.TryGetTarget(out var timer) ? timer : null).OfType<ShiftedTimer>()];
        }
    }

    private sealed class ShiftedTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly TimerCallback _callback;
        private readonly ITimer _timer;
        private TimeSpan _dueTime;
        private TimeSpan _period;
        private long _setAt;
        private TimeSpan? _wait;

        public ShiftedTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            _timer = TimeProvider.System.CreateTimer(_ => Fire(state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                (_wait, _dueTime, _period, _setAt) = (dueTime < TimeSpan.Zero ? null : dueTime, dueTime, period, TimeProvider.System.GetTimestamp());
                return _timer.Change(dueTime, period);
            }
        }

        /// <summary>True for a one-shot timer that was set to exactly that time.</summary>
        public bool WaitsFor(TimeSpan time)
        {
            lock (_gate)
                return _wait > TimeSpan.Zero && _dueTime == time && _period <= TimeSpan.Zero;
        }

        public void Pass(TimeSpan time)
        {
            lock (_gate)
            {
                if (_wait is not { } wait)
                    return;

                var left = wait - TimeProvider.System.GetElapsedTime(_setAt) - time;
                (_wait, _setAt) = (left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System.GetTimestamp());
                _timer.Change(_wait.Value, _period);
            }
        }

        public void Dispose()
        {
            lock (_gate)
                _wait = null;
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(object? state)
        {
            lock (_gate)
            {
                if (_wait is null)
                    return;

                (_wait, _setAt) = (_period > TimeSpan.Zero ? _period : null, TimeProvider.System.GetTimestamp());
            }

            _callback(state);
        }
    }
}
