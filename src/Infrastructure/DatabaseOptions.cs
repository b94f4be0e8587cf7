namespace MarketBot.Infrastructure;

/// <summary>The databases MarketBot works on: the configuration key <c>Database:Provider</c>.</summary>
public enum DatabaseKind
{
    /// <summary>A file; one process.</summary>
    Sqlite,

    /// <summary>A server; as many processes as are wanted.</summary>
    Postgres,
}

/// <summary>Properties of each kind of database.</summary>
public static class DatabaseKinds
{
    /// <summary>An example of its connection string.</summary>
    public static string Example(this DatabaseKind kind) =>
        kind == DatabaseKind.Sqlite ? "Data Source=marketbot.db" : "Host=localhost;Database=marketplace;Username=marketbot;Password=...";
}

/// <summary>Where to store.</summary>
/// <param name="Provider">The kind of database.</param>
/// <param name="ConnectionString">As Microsoft.Data.Sqlite or Npgsql reads it.</param>
/// <param name="Schema">PostgreSQL: where the bot's own tables are (<c>Database:Schema</c>); null for the first schema of the search path.</param>
public sealed record DatabaseOptions(DatabaseKind Provider, string ConnectionString, string? Schema = null);
