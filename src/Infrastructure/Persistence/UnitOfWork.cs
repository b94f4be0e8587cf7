using System.Data.Common;
using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>
/// The transaction that a scope has open, if any. It is asked at each query, where EF Core's Context, which knows as well, would
/// have to be made first: most updates only read, and need no context at all.
/// </summary>
internal sealed class ScopeTransaction
{
    /// <summary>The transaction; null: none is open.</summary>
    public DbTransaction? Open { get; private set; }

    /// <summary>Its connection, also when that has broken and the transaction knows it no longer.</summary>
    public DbConnection? Connection { get; private set; }

    /// <summary>A transaction has begun.</summary>
    public void Begun(DbTransaction transaction) => (Open, Connection) = (transaction, transaction.Connection);

    /// <summary>It is over.</summary>
    public void Ended() => (Open, Connection) = (null, null);
}

/// <summary>One transaction of the scope's context, behind the gate for writers.</summary>
internal sealed class UnitOfWork(
    Lazy<MarketBotContext> lazy, Caller caller, ScopeTransaction scope, DatabaseProvider database, WriteGate gate, PayloadCipher cipher, TimeProvider time)
    : IUpdateTransaction, IAsyncDisposable
{
    private IDbContextTransaction? _transaction;
    private IDisposable? _turn;
    private DbContextId? _use;

    public bool LeavesSync { get; set; }

    private MarketBotContext Context => lazy.Value;

    public async Task Begin(CancellationToken ct)
    {
        if (_transaction is not null)
            return;

        Context.ChangeTracker.Clear();
        try
        {
            _turn = await gate.Enter(ct);
            _transaction = await database.BeginTransaction(Context, LeavesSync, ct);
            scope.Begun(_transaction.GetDbTransaction());
            Context.Transaction = _use = Context.ContextId;
        }
        catch
        {
            End();
            throw;
        }
    }

    public async Task<Refusal?> Save(CancellationToken ct)
    {
        try
        {
            await Context.SaveChangesAsync(ct);
            return null;
        }
        catch (DbUpdateException conflict) when (conflict is DbUpdateConcurrencyException || database.IsConflict(conflict))
        {
            return AccessRefusals.Conflict;
        }
        catch (DbUpdateException tooLarge) when (database.IsOutOfRange(tooLarge))
        {
            return AccessRefusals.IdDoesNotFit;
        }
    }

    public async Task Discard(CancellationToken ct)
    {
        Context.ChangeTracker.Clear();
        if (_transaction is { } transaction)
            await transaction.RollbackAsync(ct);
        await DisposeAsync();
    }

    public Task<bool> Commit(CancellationToken ct) => Commit(null, ct);

    public async Task<bool> Commit(AppliedUpdate? applied, CancellationToken ct)
    {
        var session = caller.KnownSession;
        if (_transaction is null && session is not { IsChanged: true })
            return false;

        await Begin(ct);
        if (applied is not null)
            await Apply(applied, ct);
        if (session is { IsChanged: true })
            await Keep(session, ct);
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
        if (_use is not null && Context.Transaction == _use)
            Context.Transaction = null;
        _use = null;
        _transaction = null;
        scope.Ended();
        _turn?.Dispose();
        _turn = null;
    }

    /// <summary>The fence: only an update that is new may be applied, and only while its lane is ours.</summary>
    private async Task Apply(AppliedUpdate applied, CancellationToken ct)
    {
        var reply = applied.Reply() is { } bytes ? cipher.Encrypt(bytes) : null;
        var lease = InstanceLeases.NameOf(LaneSlot.Of(applied.Lane));
        var rows = applied.Lease.Epoch is { } epoch
            ? await Context.Database.ExecuteSqlAsync(
                $"""
                UPDATE marketbot_inbox SET state = 1, reply = {reply}, key_id = {cipher.CurrentKeyId} WHERE id = {applied.Id} AND state = 0
                    AND EXISTS (SELECT 1 FROM marketbot_leases WHERE name = {lease} AND epoch = {epoch})
                """,
                ct)
            : await Context.Database.ExecuteSqlAsync(
                $"UPDATE marketbot_inbox SET state = 1, reply = {reply}, key_id = {cipher.CurrentKeyId} WHERE id = {applied.Id} AND state = 0", ct);
        if (rows == 0)
        {
            await Discard(ct);
            throw new AlreadyAppliedException();
        }
    }

    private Task<int> Keep(Session session, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return Context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO marketbot_sessions (telegram_id, awaited, language, client_language, search_id, search_text, updated_at)
            VALUES ({session.Id.Value}, {SessionCipher.Hide(session.Awaited, cipher)}, {session.Language}, {session.ClientLanguage}, {session.SearchId}, {session.SearchText}, {now})
            ON CONFLICT (telegram_id) DO UPDATE SET awaited = excluded.awaited, language = excluded.language, client_language = excluded.client_language,
                search_id = excluded.search_id, search_text = excluded.search_text, updated_at = excluded.updated_at
            """,
            ct);
    }
}
