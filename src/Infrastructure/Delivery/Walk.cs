namespace MarketBot.Infrastructure.Delivery;

/// <summary>A table that is gone through by key, a slice at a time, and what to look out for in it.</summary>
/// <param name="table">The table, called <c>t</c> in what follows.</param>
/// <param name="columns">What is read of it; first the key, a whole number with an index. Of rows that share one, some may be passed over.</param>
/// <param name="wanted">
/// What to look out for. What it takes from other tables it looks up by key in a subquery of one value: for a join or an EXISTS, PostgreSQL may
/// go through the whole of the other table at every slice.
/// </param>
internal sealed class Walk(string table, string columns, string wanted)
{
    /// <summary>How many rows a slice has.</summary>
    public const int Size = 2000;

    /// <summary>The slice after the key <c>@p0</c>: how many rows it has, its last key, and how many rows are wanted.</summary>
    public string Slice { get; } =
        $"SELECT count(*), max(slice.key), count(*) FILTER (WHERE slice.wanted) FROM ({Rows(table, columns, wanted, $"{Key(columns)} > @p0 ORDER BY {Key(columns)} LIMIT {Size}")}) slice";

    /// <summary>The keys of the wanted rows after <c>@p0</c> and up to <c>@p1</c>, in order.</summary>
    public string Wanted { get; } =
        $"SELECT DISTINCT slice.key FROM ({Rows(table, columns, wanted, $"{Key(columns)} > @p0 AND {Key(columns)} <= @p1")}) slice WHERE slice.wanted ORDER BY slice.key";

    private static string Key(string columns) => columns.Split(',')[0];

    private static string Rows(string table, string columns, string wanted, string which) =>
        $"SELECT t.{Key(columns)} AS key, ({wanted}) AS wanted FROM (SELECT {columns} FROM {table} WHERE {which}) t";
}
