using System.Data.Common;
using MarketBot.Infrastructure.Diagnosis;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>Compares the marketplace's tables with what MarketBot relies on: each check is a function of the catalogue.</summary>
internal static class SchemaChecks
{
    private const string Schema = "schema";
    private const string Migrate = "python manage.py migrate";

    private static readonly Func<Catalogue, SqlDialect, IEnumerable<Finding>>[] All =
        [MissingTables, MissingColumns, WrongTypes, RequiredColumns, MissingUniqueness, NullableColumns, ShortColumns, NarrowIds, MissingKeyIndex];

    /// <summary>Everything that is not as it should be.</summary>
    public static IReadOnlyList<Finding> Of(Catalogue catalogue, SqlDialect dialect) => [.. All.SelectMany(check => check(catalogue, dialect))];

    /// <summary>Where nothing is to be seen: whether a marketplace is in a schema that the search path does not lead to.</summary>
    public static async Task<IReadOnlyList<Finding>> Elsewhere(DbConnection connection, DatabaseProvider database, CancellationToken ct)
    {
        if (database.HiddenSchemasQuery is not { } query)
            return [];

        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return
        [
            .. (await command.Run(row => row.GetString(0), [])).Select(schema => Finding.Error(
                Schema, $"The marketplace's tables are in the schema {schema}, which the connection does not look into.", $"add Search Path={schema} to ConnectionStrings:MarketBot.")),
        ];
    }

    private static IEnumerable<Finding> MissingTables(Catalogue catalogue, SqlDialect dialect) =>
        from expected in MarketplaceSchema.Tables
        where !catalogue.Tables.ContainsKey(expected.Name)
        select Finding.Error(
            Schema, $"The table {expected.Name} is missing.", catalogue.IsAttached ? $"{Migrate}, with the marketplace's own project." : "put back a backup of the database.");

    private static IEnumerable<Finding> MissingColumns(Catalogue catalogue, SqlDialect dialect) =>
        from table in Known(catalogue)
        from column in table.Expected.Columns
        where !table.Actual.Columns.ContainsKey(column.Name)
        select Finding.Error(Schema, $"The column {table.Expected.Name}.{column.Name} is missing.", column.Name == "id" ? Migrate : dialect.AddColumn(table.Expected.Name, column));

    private static IEnumerable<Finding> WrongTypes(Catalogue catalogue, SqlDialect dialect) =>
        from column in KnownColumns(catalogue)
        where !dialect.Holds(column.Actual.Type, column.Expected.Kind)
        select Finding.Error(
            Schema,
            $"The column {column.Table}.{column.Expected.Name} has the type {column.Actual.Type}, but {Words(column.Expected.Kind)} should be in it.",
            dialect.ChangeType(column.Table, column.Expected.Name, column.Expected.Kind, column.Expected.Length));

    /// <summary>MarketBot adds people and their shops: it can fill only what it knows, and Django gives no column a default.</summary>
    private static IEnumerable<Finding> RequiredColumns(Catalogue catalogue, SqlDialect dialect) =>
        from table in Known(catalogue)
        where table.Expected.IsFilled
        from column in table.Actual.Columns
        where !column.Value.FillsItself && (column.Key == "id" || (!column.Value.MayBeNull && table.Expected.Columns.All(c => c.Name != column.Key)))
        select Finding.Error(
            Schema,
            $"The column {table.Expected.Name}.{column.Key} wants a value that MarketBot does not have: no person could register.",
            dialect.FillItself(table.Expected.Name, column.Key, column.Value.Type));

    private static IEnumerable<Finding> MissingUniqueness(Catalogue catalogue, SqlDialect dialect) =>
        from table in Known(catalogue)
        from unique in table.Expected.Unique
        where unique.All(table.Actual.Columns.ContainsKey) && !table.Actual.IsUnique(unique)
        select Finding.Error(
            Schema,
            $"Nothing keeps {table.Expected.Name}.{string.Join(" and ", unique)} unique.",
            SqlDialect.CreateUnique($"{table.Expected.Name}_{string.Join('_', unique)}_uniq", table.Expected.Name, unique));

    private static IEnumerable<Finding> NullableColumns(Catalogue catalogue, SqlDialect dialect) =>
        from column in KnownColumns(catalogue)
        where column.Actual.MayBeNull && !column.Expected.MayBeNull && column.Expected.Name != "id"
        select Finding.Warning(
            Schema, $"The column {column.Table}.{column.Expected.Name} may be NULL, which MarketBot cannot read.", dialect.EndNull(column.Table, column.Expected));

    private static IEnumerable<Finding> ShortColumns(Catalogue catalogue, SqlDialect dialect) =>
        from column in KnownColumns(catalogue)
        where column.IsFilled && dialect.LengthOf(column.Actual.Type) < column.Expected.Length
        select Finding.Warning(
            Schema,
            $"The column {column.Table}.{column.Expected.Name} takes {dialect.LengthOf(column.Actual.Type)} characters, but MarketBot writes up to {column.Expected.Length}.",
            dialect.ChangeType(column.Table, column.Expected.Name, column.Expected.Kind, column.Expected.Length));

    private static IEnumerable<Finding> NarrowIds(Catalogue catalogue, SqlDialect dialect) =>
        from column in KnownColumns(catalogue)
        where column is { Table: "tg_bot_telegramuser", Expected.Name: "chat_id" } && dialect.IsNarrow(column.Actual.Type)
        select Finding.Warning(
            "ids",
            "The column tg_bot_telegramuser.chat_id is an integer: people whose Telegram id is above 2147483647, as all new ones are, cannot register.",
            "ALTER TABLE \"tg_bot_telegramuser\" ALTER COLUMN \"chat_id\" TYPE bigint;");

    private static IEnumerable<Finding> MissingKeyIndex(Catalogue catalogue, SqlDialect dialect) =>
        from table in Known(catalogue)
        where table.Expected.Name == "shops" && table.Actual.Columns.ContainsKey("ozon_api_key") && !table.Actual.Indexes.Any(i => i.Columns[0] == "ozon_api_key")
        select Finding.Warning(
            "index", "The column shops.ozon_api_key has no index: looking a key up reads all shops.", dialect.CreateIndex("shops_ozon_api_key", "shops", "ozon_api_key"));

    private static IEnumerable<(ExpectedTable Expected, Table Actual)> Known(Catalogue catalogue) =>
        from expected in MarketplaceSchema.Tables where catalogue.Tables.ContainsKey(expected.Name) select (expected, catalogue.Tables[expected.Name]);

    private static IEnumerable<(string Table, bool IsFilled, ExpectedColumn Expected, Column Actual)> KnownColumns(Catalogue catalogue) =>
        from table in Known(catalogue)
        from expected in table.Expected.Columns
        where table.Actual.Columns.ContainsKey(expected.Name)
        select (table.Expected.Name, table.Expected.IsFilled, expected, table.Actual.Columns[expected.Name]);

    private static string Words(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => "whole numbers",
        ColumnKind.Text => "text",
        ColumnKind.Flag => "booleans",
        _ => "dates with times",
    };
}
