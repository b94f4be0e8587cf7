using System.Data.Common;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>A column as it is.</summary>
/// <param name="Type">As declared.</param>
/// <param name="MayBeNull">Whether NULL is allowed.</param>
/// <param name="FillsItself">Whether a row may be inserted without it: it has a default or is generated.</param>
internal sealed record Column(string Type, bool MayBeNull, bool FillsItself);

/// <summary>An index as it is, or a primary key.</summary>
/// <param name="Columns">In order; null for an expression.</param>
/// <param name="IsUnique">Whether it keeps all rows apart.</param>
internal sealed record TableIndex(IReadOnlyList<string?> Columns, bool IsUnique);

/// <summary>A foreign key as it is.</summary>
/// <param name="Column">What refers.</param>
/// <param name="To">The table that it refers to.</param>
/// <param name="IsKept">Whether no row can lead nowhere, whoever wrote it.</param>
internal sealed record Reference(string Column, string To, bool IsKept);

/// <summary>A table as it is.</summary>
internal sealed record Table(IReadOnlyDictionary<string, Column> Columns, IReadOnlyList<TableIndex> Indexes, IReadOnlyList<Reference> References)
{
    /// <summary>Whether something keeps all rows apart by these columns.</summary>
    public bool IsUnique(IEnumerable<string> columns) => Indexes.Any(i => i.IsUnique && i.Columns.Order().SequenceEqual(columns.Order()));
}

/// <summary>The tables that MarketBot relies on, as the database has them.</summary>
internal sealed record Catalogue(IReadOnlyDictionary<string, Table> Tables)
{
    /// <summary>Every Django has it.</summary>
    public const string DjangoMark = "django_migrations";

    /// <summary>Made together with the marketplace's tables, wherever it is MarketBot that makes them.</summary>
    public const string OwnMark = "marketbot_marketplace";

    /// <summary>Whether the marketplace's tables, there or yet to come, are not MarketBot's to make or change.</summary>
    public bool IsAttached => Tables.ContainsKey(DjangoMark) || (!Tables.ContainsKey(OwnMark) && MarketplaceSchema.Tables.Any(t => Tables.ContainsKey(t.Name)));

    /// <summary>Whether there is nothing yet, and MarketBot is to make it.</summary>
    public bool IsToBeMade => !IsAttached && !MarketplaceSchema.Tables.Any(t => Tables.ContainsKey(t.Name));

    /// <summary>Reads it in one query.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="query">
    /// The provider's: rows of table, what the row is about, its name, a column, the column's type or the table referred to, and two flags. Of a <c>column</c>:
    /// it may be NULL, fills itself; of a column of an <c>index</c>: that is unique, covers only some rows; of a <c>reference</c>: it is kept, and nothing.
    /// </param>
    /// <param name="ct">Stops it.</param>
    /// <param name="transaction">That the connection is in.</param>
    public static async Task<Catalogue> Read(DbConnection connection, string query, CancellationToken ct, DbTransaction? transaction = null)
    {
        var columns = new Dictionary<string, Dictionary<string, Column>>();
        var indexes = new Dictionary<(string Table, string Name), (List<string?> Columns, bool IsUnique)>();
        var references = new List<(string Table, Reference Reference)>();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = query;
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var (table, column, detail) = (rows.GetString(0), rows.IsDBNull(3) ? null : rows.GetString(3), rows.GetString(4));
            var (first, second) = (rows.GetBoolean(5), rows.GetBoolean(6));
            switch (rows.GetString(1))
            {
                case "column":
                    (columns.TryGetValue(table, out var known) ? known : columns[table] = [])[column!] = new Column(detail, first, second);
                    break;
                case "reference":
                    references.Add((table, new Reference(column!, detail, first)));
                    break;
                default:
                    var key = (table, rows.GetString(2));
                    if (!indexes.TryGetValue(key, out var index))
                        indexes[key] = index = ([], first && !second);
                    index.Columns.Add(column);
                    break;
            }
        }

        return new Catalogue(columns.ToDictionary(
            t => t.Key,
            t => new Table(
                t.Value,
                [.. indexes.Where(i => i.Key.Table == t.Key).Select(i => new TableIndex(i.Value.Columns, i.Value.IsUnique))],
                [.. references.Where(r => r.Table == t.Key).Select(r => r.Reference)])));
    }
}
