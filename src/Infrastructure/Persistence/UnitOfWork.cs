using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>One transaction of the scope's context, behind the gate for writers.</summary>
internal sealed class UnitOfWork(MarketBotContext context, WriteGate gate, PayloadCipher cipher, TimeProvider time) : IUnitOfWork, IAsyncDisposable
{
    private IDbContextTransaction? _transaction;
    private IDisposable? _turn;

    public async Task Begin(CancellationToken ct)
    {
        if (_transaction is not null)
            return;

        context.ChangeTracker.Clear();
        _turn = await gate.Enter(ct);
        try
        {
            _transaction = await context.Database.BeginTransactionAsync(ct);
        }
        catch
        {
            End();
            throw;
        }
    }

    public async Task<Refusal?> Commit(CancellationToken ct)
    {
        try
        {
            await context.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException conflict) when (conflict is DbUpdateConcurrencyException || IsConflict(conflict.InnerException))
        {
            return AccessRefusals.Conflict;
        }
    }

    public async Task Discard(CancellationToken ct)
    {
        context.ChangeTracker.Clear();
        if (_transaction is { } transaction)
            await transaction.RollbackAsync(ct);
        await DisposeAsync();
    }

    public async Task<bool> Complete(Session? session, AppliedUpdate? applied, CancellationToken ct)
    {
        if (_transaction is null && session is not { IsChanged: true })
            return false;

        await Begin(ct);
        if (applied is not null)
            await Apply(applied, ct);
        if (session is { IsChanged: true })
            await Save(session, ct);
        await _transaction!.CommitAsync(ct);
        session?.Saved();
        await DisposeAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is { } transaction)
            await transaction.DisposeAsync();
        End();
    }

    private void End()
    {
        _transaction = null;
        _turn?.Dispose();
        _turn = null;
    }

    /// <summary>The fence: only an update that is new may be applied, whoever else tried meanwhile.</summary>
    private async Task Apply(AppliedUpdate applied, CancellationToken ct)
    {
        var reply = cipher.Encrypt(applied.Reply);
        if (await context.Database.ExecuteSqlAsync($"UPDATE marketbot_inbox SET state = 1, reply = {reply}, key_id = {cipher.CurrentKeyId} WHERE id = {applied.Id} AND state = 0", ct) == 0)
        {
            await Discard(ct);
            throw new AlreadyAppliedException();
        }
    }

    private Task<int> Save(Session session, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO marketbot_sessions (telegram_id, awaited, language, search_id, search_text, updated_at)
            VALUES ({session.Id.Value}, {session.Awaited}, {session.Language}, {session.SearchId}, {session.SearchText}, {now})
            ON CONFLICT (telegram_id) DO UPDATE SET awaited = excluded.awaited, language = excluded.language,
                search_id = excluded.search_id, search_text = excluded.search_text, updated_at = excluded.updated_at
            """,
            ct);
    }

    /// <summary>A unique index or foreign key that somebody else's change broke (sqlite.org/rescode.html).</summary>
    private static bool IsConflict(Exception? cause) => cause is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 or 787 };
}

/// <summary>
/// SQLite has one writer. Writers of this process queue here, because the driver itself polls a locked file only every 150 ms.
/// </summary>
internal sealed class WriteGate
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource<IDisposable>> _waiting = [];
    private bool _isTaken;

    /// <summary>Waits for the right to write; disposing the answer gives it back.</summary>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="first">Before all who wait already.</param>
    public Task<IDisposable> Enter(CancellationToken ct, bool first = false)
    {
        TaskCompletionSource<IDisposable> turn;
        lock (_gate)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return Task.FromResult<IDisposable>(new Turn(this));
            }

            turn = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (first)
                _waiting.AddFirst(turn);
            else
                _waiting.AddLast(turn);
        }

        return ct.CanBeCanceled ? Cancelled(turn, ct) : turn.Task;
    }

    private static async Task<IDisposable> Cancelled(TaskCompletionSource<IDisposable> turn, CancellationToken ct)
    {
        await using var end = ct.Register(() => turn.TrySetCanceled(ct));
        return await turn.Task;
    }

    private void Leave()
    {
        lock (_gate)
        {
            while (_waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                if (next.Value.TrySetResult(new Turn(this)))
                    return;
            }

            _isTaken = false;
        }
    }

    private sealed class Turn(WriteGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                gate.Leave();
        }
    }
}
