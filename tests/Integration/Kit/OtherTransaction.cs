using Npgsql;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>A transaction of somebody else's on PostgreSQL, whose locks the bot meets; it is rolled back unless it is committed.</summary>
public sealed class OtherTransaction : IAsyncDisposable
{
    /// <summary>The number of statements that wait for a lock.</summary>
    public const string Waiting =
        "SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()";

    private readonly NpgsqlConnection _connection;

    private OtherTransaction(NpgsqlConnection connection) => _connection = connection;

    public static Task<OtherTransaction> Begin(TestBot bot, string sql) => Begin(bot.Database, sql);

    public static async Task<OtherTransaction> Begin(TestDatabase database, string sql)
    {
        var other = new OtherTransaction(new NpgsqlConnection(database.ConnectionString + ";Pooling=false"));
        await other._connection.OpenAsync();
        await other.Execute($"BEGIN; {sql}");
        return other;
    }

    /// <summary>Nobody else gets at a shop.</summary>
    public static Task<OtherTransaction> HoldShops(TestBot bot) => Begin(bot, "UPDATE shops SET is_active = is_active");

    public async Task Execute(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes it last.</summary>
    public Task Commit() => Execute("COMMIT");

    /// <summary>Waits until so many others wait for a lock.</summary>
    public static Task KeepsWaiting(TestBot bot, int others, CancellationToken ct) => bot.Becomes(others, Waiting, ct);

    /// <summary>Waits until so many others wait for a lock.</summary>
    public static Task KeepsWaiting(TestDatabase database, int others, CancellationToken ct) =>
        TestBot.Until(async () => await database.Value<long>(Waiting) == others, ct, $"{others} that wait for a lock");

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
