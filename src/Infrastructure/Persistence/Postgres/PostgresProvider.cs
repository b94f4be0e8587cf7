using System.Data.Common;
using System.Net.Sockets;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MarketBot.Infrastructure.Persistence.Postgres;

/// <summary>A PostgreSQL database, on which several processes may run the bot.</summary>
internal sealed class PostgresProvider : DatabaseProvider, IAsyncDisposable, IDisposable
{
    /// <summary>Keeps MarketBot's advisory locks apart from the marketplace's own.</summary>
    public const int LockClass = 0x4D424F54;

    /// <summary>Connections of one process; three processes leave the marketplace room under the usual limit of 100.</summary>
    private const int MostConnections = 25;

    private const int MostPrepared = 64;

    /// <summary>
    /// Frees what a process that stands still in the middle of a transaction has locked; bounds every statement. Given when a connection is made,
    /// since what is set afterwards is forgotten each time it goes back to the pool (npgsql.org, "Pool reset"). What the operator gives comes after and wins.
    /// </summary>
    private const string Limits = "-c idle_in_transaction_session_timeout=10s -c lock_timeout=10s -c statement_timeout=30s";

    private readonly NpgsqlDataSource _source;
    private readonly bool _namesArePlain;

    /// <param name="connectionString">Of the database.</param>
    /// <param name="schema">Where the bot's own tables are; null for the first of the search path.</param>
    /// <exception cref="ConnectionStringException">It cannot be read.</exception>
    public PostgresProvider(string connectionString, string? schema)
    {
        var postgres = ConnectionStringCheck.Read(() => new NpgsqlConnectionStringBuilder(connectionString));
        ConnectionStringCheck.Want(postgres, connectionString);
        if (!postgres.ShouldSerialize("Maximum Pool Size"))
            postgres.MaxPoolSize = MostConnections;
        if (!postgres.ShouldSerialize("Max Auto Prepare"))
            postgres.MaxAutoPrepare = MostPrepared;
        if (!postgres.ShouldSerialize("Application Name"))
            postgres.ApplicationName = "marketbot";
        if (!postgres.ShouldSerialize("Keepalive"))
            postgres.KeepAlive = 10;
        if (schema is not null)
            postgres.SearchPath = $"\"{schema}\", {postgres.SearchPath ?? "\"$user\", public"}";
        Schema = schema;
        _namesArePlain = !string.IsNullOrEmpty(postgres.Password) && ConnectionStringCheck.IsName(postgres.Database) && ConnectionStringCheck.IsName(postgres.Username);
        Place = _namesArePlain ? $"{postgres.Database} on {postgres.Host}" : "of ConnectionStrings:MarketBot";
        postgres.Options = $"{Limits} {postgres.Options}".TrimEnd();
        _source = ConnectionStringCheck.Read(() => NpgsqlDataSource.Create(postgres.ConnectionString));
    }

    /// <summary>Where the bot's own tables are; null for the first of the search path.</summary>
    public string? Schema { get; }

    /// <summary>The database's name and host, for messages to the operator; only where a password was found where it belongs, and the names are plain.</summary>
    public string Place { get; }

    /// <summary>
    /// Says why the database cannot be used. The server quotes the database's and the user's names, and a certificate that cannot be read is
    /// named with its path: only a message of the server's in which there are no other than plain names is passed on.
    /// </summary>
    public override string Explain(Exception failure) => failure switch
    {
        PostgresException refused => _namesArePlain ? refused.Message : $"the server refuses with SQLSTATE {refused.SqlState} (postgresql.org, Appendix A)",
        NpgsqlException { InnerException: TimeoutException } => "it does not answer in time",
        NpgsqlException { InnerException: SocketException socket } => socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "nobody listens there",
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "there is no such host",
            var code => $"it cannot be reached ({code})",
        },
        NpgsqlException => "it does not answer as PostgreSQL does, or TLS fails",
        _ => $"{failure.GetType().Name}: see Host, SSL and certificate settings",
    };

    public override bool IsShared => true;

    public override bool KeepsConnections => false;

    public override SqlDialect Dialect { get; } = new PostgresDialect();

    /// <summary>What the search path leads to.</summary>
    public override string CatalogueQuery { get; } =
        $"""
        WITH named AS (
            SELECT oid, relname::text AS name FROM pg_class
            WHERE relkind IN ('r', 'p') AND pg_table_is_visible(oid)
                AND (relname IN ({string.Join(", ", MarketplaceSchema.TableNames.Select(name => $"'{name}'"))}) OR relname LIKE 'marketbot\_%'))
        SELECT t.name, 'column' AS kind, a.attname::text AS its_name, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, a.atthasdef OR a.attidentity <> '', a.attnum::int AS place
        FROM named t JOIN pg_attribute a ON a.attrelid = t.oid WHERE a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT t.name, 'index', i.relname::text, a.attname::text, '', x.indisunique, x.indpred IS NOT NULL, k.place::int
        FROM named t JOIN pg_index x ON x.indrelid = t.oid AND x.indisvalid JOIN pg_class i ON i.oid = x.indexrelid
            CROSS JOIN LATERAL unnest(x.indkey::smallint[]) WITH ORDINALITY AS k (attnum, place)
            LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0
        WHERE k.place <= x.indnkeyatts
        UNION ALL
        SELECT t.name, 'reference', c.conname::text, a.attname::text, o.relname::text, c.convalidated, false, 1
        FROM named t JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'f' AND cardinality(c.conkey) = 1
            JOIN pg_class o ON o.oid = c.confrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
        ORDER BY name, kind, its_name, place
        """;

    public override string HiddenSchemasQuery { get; } =
        $"""
        SELECT DISTINCT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relname IN ('{Catalogue.DjangoMark}', 'tg_bot_telegramuser') AND NOT pg_table_is_visible(c.oid) ORDER BY 1
        """;

    public override void AddContext(IServiceCollection services, Action<DbContextOptionsBuilder> configure) =>
        services.AddDbContextPool<MarketBotContext, PostgresMarketBotContext>(configure);

    public override DbContextOptionsBuilder Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(_source, npgsql => npgsql.MigrationsHistoryTable(BotDatabase.MigrationsTable)).AddInterceptors(BrokenTransaction.Instance);

    public override DbConnection Connect() => _source.CreateConnection();

    /// <summary>An open connection.</summary>
    public ValueTask<NpgsqlConnection> Open(CancellationToken ct) => _source.OpenConnectionAsync(ct);

    public override IInboxWriter OpenInbox(long botId, string keyId) => new PostgresInboxWriter(this, botId, keyId);

    public override Task Serialise(MarketBotContext context, string subject, CancellationToken ct) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockClass}, hashtext({subject}))", ct);

    public override Task Hold(MarketBotContext context, ShopId id, CancellationToken ct) =>
        context.Database.ExecuteSqlAsync($"SELECT 1 FROM shops WHERE id = {id.Value} FOR NO KEY UPDATE", ct);

    /// <summary>Django's references count at the transaction's end (django/db/backends/postgresql/schema.py, <c>DEFERRABLE INITIALLY DEFERRED</c>).</summary>
    public override Task CheckReferencesAtOnce(MarketBotContext context, CancellationToken ct) => context.Database.ExecuteSqlAsync($"SET CONSTRAINTS ALL IMMEDIATE", ct);

    public void Dispose() => _source.Dispose();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>
    /// The server is gone, or a transaction lost against another one (postgresql.org, Appendix A): classes 08 connection,
    /// 40 rollback, 53 resources, 57 operator intervention, 55P03 lock not available, 25P03 idle in transaction too long.
    /// </summary>
    protected override bool IsOutageItself(Exception failure) => failure switch
    {
        PostgresException { SqlState: ['0', '8', ..] or ['4', '0', ..] or ['5', '3', ..] or ['5', '7', ..] or PostgresErrorCodes.LockNotAvailable or "25P03" } => true,
        PostgresException => false,
        NpgsqlException or SocketException => true,
        _ => false,
    };

    protected override bool IsConflictItself(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation };

    protected override bool IsOutOfRangeItself(Exception failure) => failure is PostgresException { SqlState: PostgresErrorCodes.NumericValueOutOfRange };
}
