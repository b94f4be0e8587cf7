namespace MarketBot.Infrastructure.Persistence;

/// <summary>
/// SQLite has one writer. Writers of this process queue here, because the driver itself polls a locked file only every 150 ms.
/// The inbox goes first: the sooner an update is known to be done, the less a crash repeats.
/// </summary>
/// <param name="isOpen">Whether the database takes many writers, so that nobody has to wait here.</param>
internal sealed class WriteGate(bool isOpen = false)
{
    private static readonly Turn Anytime = new(null);

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _urgent = new();
    private readonly Queue<TaskCompletionSource> _others = new();
    private bool _isTaken;

    /// <summary>Waits for the right to write; disposing the answer gives it back.</summary>
    public async Task<IDisposable> Enter(CancellationToken ct, bool isUrgent = false)
    {
        if (isOpen)
            return Anytime;

        TaskCompletionSource? turn = null;
        lock (_lock)
        {
            if (_isTaken)
                (isUrgent ? _urgent : _others).Enqueue(turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            else
                _isTaken = true;
        }

        if (turn is not null)
        {
            await using var cancelled = ct.Register(() => turn.TrySetCanceled(ct));
            await turn.Task;
        }

        return new Turn(this);
    }

    /// <summary>Passes the right on; whoever has given up waiting is passed over.</summary>
    private void Leave()
    {
        lock (_lock)
        {
            while (_urgent.TryDequeue(out var next) || _others.TryDequeue(out next))
            {
                if (next.TrySetResult())
                    return;
            }

            _isTaken = false;
        }
    }

    private sealed class Turn(WriteGate? gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                gate?.Leave();
        }
    }
}
