using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace MarketBot.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Stands in for a command of one use: it borrows the prepared command of its text from its connection, and gives it back when it is disposed of.
/// A command whose file has failed is not given back, and takes its connection with it.
/// </summary>
internal sealed class KeptCommand(KeptConnection connection) : DbCommand
{
    private SqliteCommand? _borrowed;
    private SqliteTransaction? _transaction;
    private int? _timeout;
    private string _text = "";

    /// <inheritdoc />
    [AllowNull]
    public override string CommandText
    {
        get => _text;
        set
        {
            Return();
            _text = value ?? "";
        }
    }

    /// <inheritdoc />
    public override int CommandTimeout
    {
        get => _timeout ?? connection.DefaultTimeout;
        set => _timeout = value;
    }

    /// <inheritdoc />
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
                throw new NotSupportedException("SQLite knows no other commands than text.");
        }
    }

    /// <inheritdoc />
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc />
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <inheritdoc />
    protected override DbConnection? DbConnection
    {
        get => connection;
        set
        {
            if (value != connection)
                throw new NotSupportedException("The command belongs to the connection that made it.");
        }
    }

    /// <inheritdoc />
    protected override DbParameterCollection DbParameterCollection => Borrowed.Parameters;

    /// <inheritdoc />
    protected override DbTransaction? DbTransaction
    {
        get => _transaction;
        set => _transaction = (SqliteTransaction?)value;
    }

    private SqliteCommand Borrowed => _borrowed ??= connection.Take(_text);

    /// <inheritdoc />
    public override void Cancel()
    {
        // SQLite answers at once.
    }

    /// <inheritdoc />
    public override int ExecuteNonQuery() => Run(command => command.ExecuteNonQuery());

    /// <inheritdoc />
    public override object? ExecuteScalar() => Run(command => command.ExecuteScalar());

    /// <inheritdoc />
    public override void Prepare() => Run(command =>
    {
        command.Prepare();
        return 0;
    });

    /// <inheritdoc />
    protected override DbParameter CreateDbParameter() => new SqliteParameter();

    /// <inheritdoc />
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(command => command.ExecuteReader(behavior));

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Return();
        base.Dispose(disposing);
    }

    private T Run<T>(Func<SqliteCommand, T> execute)
    {
        connection.Prepare(isInTransaction: _transaction is not null);
        var command = Borrowed;
        (command.Transaction, command.CommandTimeout) = (_transaction, CommandTimeout);
        try
        {
            return execute(command);
        }
        catch (SqliteException failure) when (IsOfFile(failure))
        {
            _borrowed = null;
            command.Dispose();
            connection.Drop();
            throw;
        }
    }

    /// <summary>Whether the connection cannot be used any more: I/O error, damaged, cannot open, moved, no database (sqlite.org/rescode.html).</summary>
    private static bool IsOfFile(SqliteException failure) => failure.SqliteErrorCode is 10 or 11 or 14 or 26 || failure.SqliteExtendedErrorCode == 1032;

    private void Return()
    {
        if (_borrowed is not { } command)
            return;
        _borrowed = null;
        connection.GiveBack(command);
    }
}
