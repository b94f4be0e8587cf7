using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace MarketBot.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Gives every context a connection that stays open, with its statements prepared, as long as the context is pooled. EF Core opens and closes a
/// connection at each use and prepares each statement anew, which on SQLite costs several times what running it does (docs/performance.md).
/// </summary>
internal sealed class KeptConnections(string connectionString) : DbConnectionInterceptor, IDisposable
{
    private readonly ConcurrentDictionary<KeptConnection, bool> _open = [];

    /// <inheritdoc />
    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result)
    {
        var connection = new KeptConnection(connectionString, gone => _open.TryRemove(gone, out _));
        _open[connection] = true;
        return InterceptionResult<DbConnection>.SuppressWithResult(connection);
    }

    /// <summary>Closes what is open while nobody uses it; the next use opens it anew.</summary>
    public void Close()
    {
        foreach (var connection in _open.Keys)
            connection.Drop();
    }

    /// <summary>Closes what EF Core leaves open with the contexts of its pool; the last connection of all takes the WAL with it.</summary>
    public void Dispose()
    {
        foreach (var connection in _open.Keys)
            connection.Dispose();
    }
}

/// <summary>A connection that ignores being closed until it is disposed of, and keeps commands with their statements prepared.</summary>
internal sealed class KeptConnection(string connectionString, Action<KeptConnection> gone) : SqliteConnection(connectionString)
{
    /// <summary>More texts than the bot has. Texts that vary, with a list of numbers in them, must neither fill the memory nor keep the others out.</summary>
    private const int MostKept = 256;

    private const string Full = "PRAGMA synchronous = FULL";
    private const string Normal = "PRAGMA synchronous = NORMAL";

    private readonly Dictionary<string, Stack<SqliteCommand>> _kept = [];
    private int _count;
    private bool? _syncs;
    private bool _isInWal;

    /// <summary>
    /// Whether the commit of the transaction that begins next leaves the sync to whoever syncs next (sqlite.org/pragma.html#pragma_synchronous, NORMAL).
    /// Every other commit waits for the disk itself (FULL), and outside WAL, where NORMAL is something else, this one does, too.
    /// </summary>
    public bool LeavesNextSync { private get; set; }

    /// <inheritdoc />
    public override void Open()
    {
        base.Open();
        _syncs = null;
    }

    /// <summary>Does nothing: the connection stays open for the next use of its context.</summary>
    public override void Close()
    {
    }

    /// <inheritdoc />
    public override Task CloseAsync() => Task.CompletedTask;

    /// <summary>Makes the connection ready for a statement; one outside a transaction commits itself, and waits for the disk.</summary>
    internal void Prepare(bool isInTransaction)
    {
        if (!isInTransaction)
            Sync(isWanted: true);
    }

    /// <inheritdoc />
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        Sync(isWanted: !LeavesNextSync);
        return base.BeginDbTransaction(isolationLevel);
    }

    /// <summary>A command that is prepared already when one of its text has run before.</summary>
    protected override DbCommand CreateDbCommand() => new KeptCommand(this);

    /// <summary>Takes a command of the text out of what is kept, or makes it.</summary>
    internal SqliteCommand Take(string text)
    {
        if (_kept.TryGetValue(text, out var idle) && idle.TryPop(out var command))
        {
            _count--;
            return command;
        }

        command = CreateCommand();
        command.CommandText = text;
        return command;
    }

    /// <summary>Keeps a command for the next time.</summary>
    internal void GiveBack(SqliteCommand command)
    {
        if (State != ConnectionState.Open)
        {
            command.Dispose();
            return;
        }

        if (_count >= MostKept)
            Forget();
        command.Parameters.Clear();
        command.Transaction = null;
        if (!_kept.TryGetValue(command.CommandText, out var idle))
            _kept[command.CommandText] = idle = new Stack<SqliteCommand>();
        idle.Push(command);
        _count++;
    }

    /// <summary>Closes the connection after a failure of the file, so that the next use opens it anew.</summary>
    internal void Drop()
    {
        Forget();
        base.Close();
    }

    private void Forget()
    {
        foreach (var command in _kept.Values.SelectMany(idle => idle))
            command.Dispose();
        _kept.Clear();
        _count = 0;
    }

    /// <summary>
    /// Cannot be changed inside a transaction. It is asked for before the first statement, not when the connection opens, because it needs the file,
    /// which may be locked: that is then the statement's failure.
    /// </summary>
    private void Sync(bool isWanted)
    {
        if (_syncs is null)
        {
            Run(Full);
            (_syncs, _isInWal) = (true, (string?)Run("PRAGMA journal_mode") == "wal");
        }

        if (_syncs == isWanted || !_isInWal)
            return;

        Run(isWanted ? Full : Normal);
        _syncs = isWanted;
    }

    private object? Run(string pragma)
    {
        var command = Take(pragma);
        try
        {
            return command.ExecuteScalar();
        }
        finally
        {
            GiveBack(command);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            gone(this);
            Drop();
        }

        base.Dispose(disposing);
    }
}
