using Microsoft.Data.Sqlite;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>Looks into a database file, and changes it, from outside the bot.</summary>
internal static class SqliteFile
{
    public static async Task<T?> Value<T>(string file, string sql)
    {
        await using var connection = await Open(file);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? (T)value : default;
    }

    public static async Task Execute(string file, string sql)
    {
        await using var connection = await Open(file);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<List<string>> Column(string file, string sql)
    {
        await using var connection = await Open(file);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }

    /// <summary>
    /// Takes the write lock as another program would, or with EXCLUSIVE also keeps readers out, as a commit does; it is free again when the answer's task ends.
    /// </summary>
    public static async Task<Task> LockFor(string file, TimeSpan time, string kind = "IMMEDIATE")
    {
        var connection = await Open(file);
        await using var command = connection.CreateCommand();
        command.CommandText = $"BEGIN {kind}";
        await command.ExecuteNonQueryAsync();
        return Release();

        async Task Release()
        {
            using var timer = new PeriodicTimer(time);
            await timer.WaitForNextTickAsync();
            await connection.DisposeAsync();
        }
    }

    private static async Task<SqliteConnection> Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
