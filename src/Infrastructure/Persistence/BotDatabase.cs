using MarketBot.Infrastructure.Diagnosis;
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
    private readonly DatabaseProvider _provider;
    private readonly SqliteConnectionStringBuilder _connection = new();
    private readonly PostgresMarketplace? _postgres;

    internal BotDatabase(IServiceScopeFactory scopes, DatabaseProvider provider)
    {
        _scopes = scopes;
        _provider = provider;
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
                    _ => $"The database file {_connection.DataSource} cannot be used: {_provider.Explain(refused)}",
                },
                refused);
        }
    }

    /// <summary>Copies the database into a new file while it is in use (sqlite.org/backup.html).</summary>
    /// <param name="file">Where to; must not exist.</param>
    /// <returns>The file that was copied.</returns>
    /// <exception cref="DatabaseUnusableException">There is none, the file to write exists, or it cannot be written; then nothing is left of it.</exception>
    public string Backup(string file)
    {
        if (_postgres is not null)
            throw new DatabaseUnusableException("backup copies a SQLite file; for PostgreSQL there is pg_dump.");
        if (File.Exists(file))
            throw new DatabaseUnusableException($"The file {file} exists already; a backup never overwrites.");
        if (!File.Exists(_connection.DataSource))
            throw new DatabaseUnusableException($"There is no database file {_connection.DataSource}.");

        MakePrivately(file);
        try
        {
            using var from = new SqliteConnection(_connection.ConnectionString);
            using var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
            from.Open();
            to.Open();
            from.BackupDatabase(to);
            return Path.GetFullPath(_connection.DataSource);
        }
        catch (SqliteException refused)
        {
            File.Delete(file);
            throw new DatabaseUnusableException($"The backup {file} cannot be written: {refused.Message}", refused);
        }
    }

    /// <summary>
    /// Whether the marketplace's tables are somebody else's: Django's, say. MarketBot then makes and changes only its own
    /// tables, and leaves the database's settings as they are.
    /// </summary>
    public async Task<bool> IsAttached(CancellationToken ct) => (await ReadCatalogue(ct)).IsAttached;

    /// <summary>A new file is for its owner's eyes: the API keys are in it. SQLite gives its journals the same rights.</summary>
    private static void MakePrivately(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file))
            return;
        try
        {
            new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // SQLite will say what is wrong.
        }
    }

    private async Task UpgradeSqlite(CancellationToken ct)
    {
        Finding.WantNoError(SettingChecks.Sqlite(SqliteProvider.Version));
        if (_provider.File is { } file)
        {
            Finding.WantNoError(FileChecks.Of(FileFacts.Of(file)));
            if (_connection.Mode == SqliteOpenMode.ReadWriteCreate)
                MakePrivately(file);
        }

        Catalogue catalogue;
        await using (var connection = new SqliteConnection(_connection.ConnectionString))
        {
            await connection.OpenAsync(ct);
            if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
                throw new DatabaseUnusableException(CannotWrite);
            catalogue = await Catalogue.Read(connection, _provider.CatalogueQuery, ct);
            if (!catalogue.IsAttached)
                await Execute(connection, null, "PRAGMA journal_mode = WAL", ct);
            if (catalogue.IsToBeMade)
                await Make(connection, ct);
            else
                Finding.WantNoError(SchemaChecks.Of(catalogue, _provider.Dialect));
        }

        await Migrate(catalogue, ct);
        ((SqliteProvider)_provider).IsUpgraded(isOwn: !catalogue.IsAttached);
    }

    /// <summary>Makes the marketplace's tables, unless another process has just done so.</summary>
    private async Task Make(SqliteConnection connection, CancellationToken ct)
    {
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(ct);
        if ((await Catalogue.Read(connection, _provider.CatalogueQuery, ct, transaction)).IsToBeMade)
            await Execute(connection, transaction, MarketplaceSchema.CreateOnSqlite, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Applies what is new, and wants the bot's own tables to be those of this version.</summary>
    private async Task Migrate(Catalogue catalogue, CancellationToken ct)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        var applied = (await context.Database.GetAppliedMigrationsAsync(ct)).ToList();
        Finding.WantNoError(OwnTableChecks.Of(context, applied, catalogue));
        if (context.Database.GetMigrations().Except(applied).Any())
        {
            await context.Database.MigrateAsync(ct);
            applied = [.. await context.Database.GetAppliedMigrationsAsync(ct)];
            Finding.WantNoError(OwnTableChecks.Of(context, applied, await ReadCatalogue(ct)));
        }
    }

    private async Task<Catalogue> ReadCatalogue(CancellationToken ct)
    {
        await using var connection = _provider.Connect();
        await connection.OpenAsync(ct);
        return await Catalogue.Read(connection, _provider.CatalogueQuery, ct);
    }

    private static async Task Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }
}
