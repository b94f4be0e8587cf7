using System.Data.Common;
using System.Globalization;
using MarketBot.Infrastructure.Persistence.Postgres;
using Npgsql;

namespace MarketBot.Infrastructure.Delivery;

/// <summary>An update with its content encrypted.</summary>
internal readonly record struct SealedUpdate(long UpdateId, long Lane, byte[] Payload);

/// <summary>An update that needs nothing more.</summary>
/// <param name="Id">Its place.</param>
/// <param name="From">Where it is thought to be; where it is not, it does not end.</param>
internal readonly record struct Ending(long Id, InboxState From);

/// <summary>Writes arrivals and endings of updates, a batch in a transaction.</summary>
internal interface IInboxWriter : IDisposable
{
    /// <summary>Stores what arrived and ends what is over.</summary>
    /// <param name="arrived">In the order in which Telegram gave them.</param>
    /// <param name="ended">Updates that need nothing more.</param>
    /// <param name="applied">An update whose row is written once more, so that there is something to sync; null: nobody waits for that.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <returns>The place of each that arrived; null for one that was known already.</returns>
    Task<long?[]> Write(IReadOnlyList<SealedUpdate> arrived, IReadOnlyList<Ending> ended, long? applied, long now);
}

/// <summary>
/// On SQLite: a connection of its own, with its statements prepared once. Its commits wait for the disk: in WAL one sync covers all that was
/// committed before it, by whichever connection (sqlite.org/wal.html).
/// </summary>
internal sealed class SqliteInboxWriter : IInboxWriter
{
    private readonly DbConnection _connection;
    private readonly DbCommand _insert;
    private readonly DbCommand _end;
    private readonly DbCommand _touch;

    public SqliteInboxWriter(DbConnection connection, long botId, string keyId)
    {
        _connection = connection;
        _connection.Open();
        using (var pragma = Command("PRAGMA synchronous = FULL"))
            pragma.ExecuteNonQuery();
        _insert = Command(
            $"""
            INSERT INTO marketbot_inbox (bot_id, update_id, lane, state, key_id, payload, received_at, tries)
            VALUES ({botId.ToString(CultureInfo.InvariantCulture)}, @update, @lane, 0, '{keyId}', @payload, @now, 0)
            ON CONFLICT (bot_id, update_id) DO NOTHING RETURNING id
            """,
            "@update",
            "@lane",
            "@payload",
            "@now");
        _end = Command("UPDATE marketbot_inbox SET state = 2, payload = NULL, reply = NULL, ended_at = @now WHERE id = @id AND state = @from", "@id", "@now", "@from");
        _touch = Command("UPDATE marketbot_inbox SET state = state WHERE id = @id", "@id");
    }

    public Task<long?[]> Write(IReadOnlyList<SealedUpdate> arrived, IReadOnlyList<Ending> ended, long? applied, long now)
    {
        using var transaction = _connection.BeginTransaction();
        _insert.Transaction = _end.Transaction = _touch.Transaction = transaction;
        if (applied is { } written)
        {
            _touch.Parameters[0].Value = written;
            _touch.ExecuteNonQuery();
        }

        foreach (var (id, from) in ended)
        {
            (_end.Parameters[0].Value, _end.Parameters[1].Value, _end.Parameters[2].Value) = (id, now, (short)from);
            _end.ExecuteNonQuery();
        }

        var places = new long?[arrived.Count];
        for (var i = 0; i < places.Length; i++)
        {
            (_insert.Parameters[0].Value, _insert.Parameters[1].Value) = (arrived[i].UpdateId, arrived[i].Lane);
            (_insert.Parameters[2].Value, _insert.Parameters[3].Value) = (arrived[i].Payload, now);
            places[i] = (long?)_insert.ExecuteScalar();
        }

        transaction.Commit();
        return Task.FromResult(places);
    }

    public void Dispose()
    {
        _insert.Dispose();
        _end.Dispose();
        _touch.Dispose();
        _connection.Dispose();
    }

    private DbCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}

/// <summary>
/// On PostgreSQL: one round trip for a batch. Whoever inserts for a lane locks it first, so that its places are given in the
/// order of commits, whichever process stores; other processes are told that there is work in their lanes.
/// </summary>
internal sealed class PostgresInboxWriter(PostgresProvider database, long botId, string keyId) : IInboxWriter
{
    /// <summary>The channel on which processes tell each other that something was stored (postgresql.org, NOTIFY).</summary>
    public const string Channel = "marketbot_inbox";

    private const string Lock =
        "SELECT pg_advisory_xact_lock($2, h) FROM (SELECT DISTINCT hashint8(lane) AS h FROM unnest($1) AS lane ORDER BY 1) AS hashes";

    private const string Insert =
        """
        INSERT INTO marketbot_inbox (bot_id, update_id, lane, state, key_id, payload, received_at, tries)
        SELECT $4, a.update_id, a.lane, 0, $5, a.payload, $6, 0
        FROM unnest($1, $2, $3) WITH ORDINALITY AS a (update_id, lane, payload, place) ORDER BY a.place
        ON CONFLICT (bot_id, update_id) DO NOTHING RETURNING id, update_id
        """;

    private const string End =
        """
        UPDATE marketbot_inbox i SET state = 2, payload = NULL, reply = NULL, ended_at = $3 FROM unnest($1, $2) AS e (id, state)
        WHERE i.id = e.id AND i.state = e.state
        """;

    public async Task<long?[]> Write(IReadOnlyList<SealedUpdate> arrived, IReadOnlyList<Ending> ended, long? applied, long now)
    {
        await using var connection = await database.Open(CancellationToken.None);
        await using var batch = connection.CreateBatch();
        if (ended.Count > 0)
            batch.BatchCommands.Add(Command(End, Value(ended.Select(e => e.Id).ToArray()), Value(ended.Select(e => (short)e.From).ToArray()), Value(now)));
        if (arrived.Count > 0)
        {
            var lanes = arrived.Select(a => a.Lane).ToArray();
            batch.BatchCommands.Add(Command(Lock, Value(lanes), Value(PostgresProvider.LockClass)));
            batch.BatchCommands.Add(Command(
                Insert, Value(arrived.Select(a => a.UpdateId).ToArray()), Value(lanes), Value(arrived.Select(a => a.Payload).ToArray()), Value(botId), Value(keyId), Value(now)));
            var slots = lanes.Aggregate(0UL, (mask, lane) => mask | (1UL << LaneSlot.Of(lane)));
            batch.BatchCommands.Add(Command("SELECT pg_notify($1, $2)", Value(Channel), Value(slots.ToString("x", CultureInfo.InvariantCulture))));
        }

        var places = new Dictionary<long, long>(arrived.Count);
        await using (var rows = await batch.ExecuteReaderAsync())
        {
            do
            {
                while (rows.FieldCount == 2 && await rows.ReadAsync())
                    places[rows.GetInt64(1)] = rows.GetInt64(0);
            }
            while (await rows.NextResultAsync());
        }

        // An update that is in the batch twice was stored once.
        return [.. arrived.Select(a => places.Remove(a.UpdateId, out var place) ? place : (long?)null)];
    }

    public void Dispose()
    {
        // Its connections are the pool's.
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }
}
