using System.Data.Common;
using MarketBot.Infrastructure.Delivery;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Infrastructure.Persistence.Sqlite;

/// <summary>A SQLite file: one process, one writer at a time.</summary>
internal sealed class SqliteProvider : DatabaseProvider, IDisposable
{
    /// <summary>How long a writer waits for another program that holds the file, in seconds.</summary>
    private const int LockTimeout = 15;

    private static readonly string Named =
        $"(t.name IN ({string.Join(", ", MarketplaceSchema.TableNames.Select(name => $"'{name}'"))}) OR t.name LIKE 'marketbot\\_%' ESCAPE '\\')";

    private readonly string _connectionString;
    private readonly KeptConnections _kept;
    private bool _isOwn;

    /// <summary>
    /// SQLite counts its memory under one lock for all threads unless told before its first connection that nobody asks
    /// (sqlite.org/c3ref/c_config_covering_index_scan.html, SQLITE_CONFIG_MEMSTATUS). Afterwards it says no, which does no harm.
    /// </summary>
    static SqliteProvider()
    {
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <param name="connectionString">Of the file.</param>
    /// <exception cref="ConnectionStringException">It cannot be read.</exception>
    public SqliteProvider(string connectionString)
    {
        var sqlite = ConnectionStringCheck.Read(() => new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true });
        ConnectionStringCheck.Want(sqlite);
        if (!sqlite.ShouldSerialize("Default Timeout"))
            sqlite.DefaultTimeout = LockTimeout;
        _connectionString = sqlite.ConnectionString;

        // A kept connection is not the driver's pool's: what is set on it must not come to others.
        _kept = new KeptConnections(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
    }

    /// <summary>The version of the SQLite that runs in this process (sqlite.org/c3ref/libversion.html).</summary>
    public static string Version => SQLitePCL.raw.sqlite3_libversion().utf8_to_string();

    /// <summary>What was asked for, and what every connection needs.</summary>
    public string ConnectionString => _connectionString;

    public override string? File => new SqliteConnectionStringBuilder(_connectionString).DataSource is { Length: > 0 } file
        && !file.StartsWith(':') && !ConnectionStringCheck.IsUri(file) ? file : null;

    /// <summary>SQLite names only its own objects; of the connection string it knows the file, which has been looked at.</summary>
    public override string Explain(Exception failure) => failure is SqliteException ? failure.Message : failure.GetType().Name;

    public override bool IsShared => false;

    public override bool KeepsConnections => true;

    public override SqlDialect Dialect { get; } = new SqliteDialect();

    /// <summary>
    /// A column declared INTEGER PRIMARY KEY is the row's own number and fills itself (sqlite.org/autoinc.html). A foreign key is kept only by
    /// connections that say so (sqlite.org/foreignkeys.html).
    /// </summary>
    public override string CatalogueQuery { get; } =
        $"""
        SELECT t.name, 'column', c.name, c.name, lower(c.type), c."notnull" = 0, c.dflt_value IS NOT NULL OR (c.pk = 1 AND upper(c.type) = 'INTEGER')
        FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND {Named}
        UNION ALL
        SELECT t.name, 'index', '(primary key)', c.name, '', 1, 0 FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND c.pk > 0 AND {Named}
        UNION ALL
        SELECT t.name, 'index', i.name, x.name, '', i."unique", i.partial
        FROM sqlite_master t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) x WHERE t.type = 'table' AND {Named}
        UNION ALL
        SELECT t.name, 'reference', '', f."from", f."table", 0, 0 FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND {Named}
        """;

    public override void AddContext(IServiceCollection services, Action<DbContextOptionsBuilder> configure) =>
        services.AddDbContextPool<MarketBotContext, SqliteMarketBotContext>(configure);

    public override DbContextOptionsBuilder Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite(_connectionString, sqlite => sqlite.MigrationsHistoryTable(BotDatabase.MigrationsTable))
            .ReplaceService<IHistoryRepository, SqliteMigrationHistory>().AddInterceptors(_kept);

    public override DbConnection Connect() => new SqliteConnection(_connectionString);

    public override IInboxWriter OpenInbox(long botId, string keyId) => new SqliteInboxWriter(Connect(), botId, keyId);

    public override bool LeavesSyncs => _isOwn;

    /// <summary>The file is as this version wants it, and no connection stays open from bringing it there.</summary>
    /// <param name="isOwn">Whether nobody but MarketBot makes its tables. With others writing, each commit waits for the disk.</param>
    public void IsUpgraded(bool isOwn)
    {
        _isOwn = isOwn;
        _kept.Close();
    }

    public override async Task<IDbContextTransaction> BeginTransaction(MarketBotContext context, bool leavesSync, CancellationToken ct)
    {
        var connection = (KeptConnection)context.Database.GetDbConnection();
        connection.LeavesNextSync = leavesSync && LeavesSyncs;
        try
        {
            return await context.Database.BeginTransactionAsync(ct);
        }
        finally
        {
            connection.LeavesNextSync = false;
        }
    }

    public void Dispose() => _kept.Dispose();

    public override Task Serialise(MarketBotContext context, string subject, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Busy, locked, no memory, I/O, full, cannot open (sqlite.org/rescode.html): of the file, not of the work.</summary>
    protected override bool IsOutageItself(Exception failure) => failure is SqliteException { SqliteErrorCode: 5 or 6 or 7 or 10 or 13 or 14 };

    /// <summary>Unique, primary key, foreign key (sqlite.org/rescode.html).</summary>
    protected override bool IsConflictItself(Exception failure) => failure is SqliteException { SqliteExtendedErrorCode: 2067 or 1555 or 787 };

    protected override bool IsOutOfRangeItself(Exception failure) => false;
}
