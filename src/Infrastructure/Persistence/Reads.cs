using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>
/// The few queries that every tap needs, outside any transaction, on connections that stay open with their statements
/// prepared: preparing them anew each time, as EF Core does on SQLite, costs several times what running them does.
/// </summary>
internal sealed class Reads(DatabaseProvider database) : IDisposable
{
    private readonly ConcurrentBag<ReadConnection> _idle = [];

    /// <summary>Runs a query.</summary>
    /// <param name="sql">The query; its parameters are named <c>@p0</c>, <c>@p1</c>, and so on.</param>
    /// <param name="map">Reads a row.</param>
    /// <param name="parameters">The parameters' values.</param>
    public async ValueTask<List<T>> Query<T>(string sql, Func<DbDataReader, T> map, params object[] parameters)
    {
        if (!database.KeepsConnections)
        {
            await using var pooled = database.Connect();
            await pooled.OpenAsync();
            await using var command = pooled.CreateCommand();
            command.CommandText = sql;
            return await command.Run(map, parameters);
        }

        if (!_idle.TryTake(out var connection))
            connection = new ReadConnection(database.Connect());
        try
        {
            var rows = await connection.Query(sql, map, parameters);
            _idle.Add(connection);
            return rows;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }

    private sealed class ReadConnection : IDisposable
    {
        private readonly DbConnection _connection;
        private readonly Dictionary<string, DbCommand> _prepared = [];

        public ReadConnection(DbConnection connection)
        {
            _connection = connection;
            _connection.Open();
        }

        public ValueTask<List<T>> Query<T>(string sql, Func<DbDataReader, T> map, object[] parameters)
        {
            if (!_prepared.TryGetValue(sql, out var command))
            {
                _prepared[sql] = command = _connection.CreateCommand();
                command.CommandText = sql;
            }

            return command.Run(map, parameters);
        }

        public void Dispose()
        {
            foreach (var command in _prepared.Values)
                command.Dispose();
            _connection.Dispose();
        }
    }
}

/// <summary>The same queries in a scope: inside its transaction, so that they see what it has changed, or outside any.</summary>
internal sealed class ScopedReads(ScopeTransaction scope, Reads reads)
{
    /// <inheritdoc cref="Reads.Query{T}" />
    public async ValueTask<List<T>> Query<T>(string sql, Func<DbDataReader, T> map, params object[] parameters)
    {
        if (scope is not { Open: { } transaction, Connection: { } connection })
            return await reads.Query(sql, map, parameters);

        await using var command = connection.CreateCommand();
        try
        {
            command.Transaction = transaction;
            command.CommandText = sql;
            return await command.Run(map, parameters);
        }
        catch (InvalidOperationException notOpen) when (connection.State != ConnectionState.Open)
        {
            throw new BrokenConnectionException(notOpen);
        }
    }
}

/// <summary>Runs commands.</summary>
internal static class DbCommandQuery
{
    /// <summary>Sets the parameters <c>@p0</c>, <c>@p1</c>, and so on, and reads all rows.</summary>
    public static async ValueTask<List<T>> Run<T>(this DbCommand command, Func<DbDataReader, T> map, object[] parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i == command.Parameters.Count)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = $"@p{i}";
                command.Parameters.Add(parameter);
            }

            command.Parameters[i].Value = parameters[i];
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(map(reader));
        return rows;
    }
}

/// <summary>Numbers as they stand after IN: the databases have no common form of a parameter that is a list.</summary>
internal static class SqlList
{
    public static string Of(IEnumerable<long> numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
