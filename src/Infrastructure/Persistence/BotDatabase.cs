using MarketBot.Infrastructure.Persistence.Postgres;
using MarketBot.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>The database cannot be used; the message is one line for the operator and names the file.</summary>
public sealed class DatabaseUnusableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The database as a whole: brought up to date at start, copied for a backup.</summary>
public sealed class BotDatabase
{
    private const int NotADatabase = 26;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int Corrupt = 11;
    internal const string MigrationsTable = "marketbot_migrations";

    private readonly IServiceScopeFactory _scopes;
    private readonly SqliteConnectionStringBuilder _connection = new();
    private readonly PostgresMarketplace? _postgres;

    internal BotDatabase(IServiceScopeFactory scopes, DatabaseProvider provider)
    {
        _scopes = scopes;
        if (provider is SqliteProvider sqlite)
            _connection = new SqliteConnectionStringBuilder(sqlite.ConnectionString);
        if (provider is PostgresProvider postgres)
            _postgres = new PostgresMarketplace(postgres);
    }

    private string CannotWrite => $"The database file {_connection.DataSource} is read-only: MarketBot must be able to write to it.";

    /// <summary>Creates what is missing and applies what is new; a database that is up to date is only looked at.</summary>
    /// <exception cref="DatabaseUnusableException">It cannot be opened, is not a database, is read-only, or has half a schema.</exception>
    public async Task Upgrade(CancellationToken ct)
    {
        if (_postgres is not null)
        {
            await _postgres.Upgrade(Migrate, ct);
            return;
        }

        try
        {
            await UpgradeSqlite(ct);
        }
        catch (SqliteException refused)
        {
            throw new DatabaseUnusableException(
                refused.SqliteErrorCode switch
                {
                    NotADatabase or Corrupt => $"The file {_connection.DataSource} is not a SQLite database, or it is damaged.",
                    ReadOnly => CannotWrite,
                    CannotOpen => $"The database file {_connection.DataSource} cannot be opened: does its folder exist, and may this user write there?",
                    _ => $"The database file {_connection.DataSource} cannot be used: {refused.Message}",
                },
                refused);
        }
    }

    /// <summary>Copies the database into a new file while it is in use (sqlite.org/backup.html).</summary>
    /// <param name="file">Where to; must not exist.</param>
    /// <exception cref="DatabaseUnusableException">The file exists or cannot be written.</exception>
    public void Backup(string file)
    {
        if (_postgres is not null)
            throw new DatabaseUnusableException("backup copies a SQLite file; for PostgreSQL there is pg_dump.");
        if (File.Exists(file))
            throw new DatabaseUnusableException($"The file {file} exists already; a backup never overwrites.");
        if (!File.Exists(_connection.DataSource))
            throw new DatabaseUnusableException($"There is no database file {_connection.DataSource}.");

        try
        {
            using var from = new SqliteConnection(_connection.ConnectionString);
            using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
            from.Open();
            to.Open();
            from.BackupDatabase(to);
        }
        catch (SqliteException refused)
        {
            throw new DatabaseUnusableException($"The backup {file} cannot be written: {refused.Message}", refused);
        }
    }

    /// <summary>
    /// Whether the marketplace's tables are somebody else's: Django's, say. MarketBot then makes and changes only its own
    /// tables, and leaves the database's settings as they are.
    /// </summary>
    public async Task<bool> IsAttached(CancellationToken ct)
    {
        await using var connection = new SqliteConnection(_connection.ConnectionString);
        await connection.OpenAsync(ct);
        return MarketplaceSchema.IsAttached(await TableNames(connection, ct));
    }

    private async Task UpgradeSqlite(CancellationToken ct)
    {
        await using (var connection = new SqliteConnection(_connection.ConnectionString))
        {
            await connection.OpenAsync(ct);
            if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
                throw new DatabaseUnusableException(CannotWrite);
            if (!MarketplaceSchema.IsAttached(await TableNames(connection, ct)))
                await Execute(connection, null, "PRAGMA journal_mode = WAL", ct);
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(ct);
            if (await MarketplaceTablesAreMissing(connection, transaction, ct))
                await Execute(connection, transaction, MarketplaceSchema.CreateOnSqlite, ct);
            await transaction.CommitAsync(ct);
        }

        await Migrate(ct);
    }

    private async Task Migrate(CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        if ((await context.Database.GetPendingMigrationsAsync(ct)).Any())
            await context.Database.MigrateAsync(ct);
    }

    private static async Task<HashSet<string>> TableNames(SqliteConnection connection, CancellationToken ct)
    {
        var names = new HashSet<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            names.Add(rows.GetString(0));
        return names;
    }

    private async Task<bool> MarketplaceTablesAreMissing(SqliteConnection connection, SqliteTransaction transaction, CancellationToken ct)
    {
        var found = new Dictionary<string, HashSet<string>>();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'";
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var table = rows.GetString(0);
            if (MarketplaceSchema.Tables.ContainsKey(table))
                (found.TryGetValue(table, out var columns) ? columns : found[table] = []).Add(rows.GetString(1));
        }

        if (found.Count == 0 && !MarketplaceSchema.IsAttached(await TableNames(connection, ct)))
            return true;

        var missing = MarketplaceSchema.Tables
            .SelectMany(t => found.TryGetValue(t.Key, out var columns) ? t.Value.Except(columns).Select(c => $"{t.Key}.{c}") : [t.Key])
            .ToList();
        return missing.Count == 0
            ? false
            : throw new DatabaseUnusableException(
                $"The database file {_connection.DataSource} does not have the marketplace's whole schema; it lacks {string.Join(", ", missing)}.");
    }

    private static async Task Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }
}
