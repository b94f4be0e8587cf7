using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MarketBot.Infrastructure.Diagnosis;

/// <summary>Compares the bot's own tables with the model, which every change of them is made from.</summary>
internal static class OwnTableChecks
{
    private const string Check = "own tables";
    private const string OwnPrefix = "marketbot_";
    private const string LastBefore = "cc81690";
    private const string UpgradeBefore = $"run marketbot db upgrade of the commit {LastBefore} first, then of this version.";

    /// <summary>Migrations that MarketBot up to <see cref="LastBefore"/> recorded, beside a seventh whose id the initial migration has taken over.</summary>
    private static readonly string[] Replaced =
    [
        "20261122130041_Initial", "20261122135339_Delivery", "20261122155704_Instances",
        "20261122171910_Watch", "20261125211555_Notices", "20261125223456_ClientLanguage",
    ];

    private const string Restore = "put back a backup of the database; marketbot db upgrade does not help, for all its changes are recorded as made.";

    /// <summary>Compares the own tables of a database with the model of this version.</summary>
    public static IEnumerable<Finding> Of(MarketBotContext context, IReadOnlyCollection<string> applied, Catalogue catalogue)
    {
        var known = context.Database.GetMigrations().ToList();
        if (!applied.Contains(known[0]) && applied.Intersect(Replaced).Any())
            return [Finding.Error(Check, "The tables marketbot_* are of a MarketBot that is too old for this one.", UpgradeBefore)];

        return Of([.. known.Except(applied)], [.. applied.Except(known).Except(Replaced)], context.Model.GetRelationalModel(), catalogue);
    }

    /// <summary>Compares the own tables with the model of this version.</summary>
    private static IEnumerable<Finding> Of(
        IReadOnlyCollection<string> pending, IReadOnlyCollection<string> unknown, IRelationalModel model, Catalogue catalogue)
    {
        if (unknown.Count > 0)
            return [Finding.Error(
                Check, $"A newer MarketBot has changed the tables: {string.Join(", ", unknown)}.", "run that version, or put back a backup from before.")];
        if (pending.Count > 0)
            return [Finding.Warning(
                Check, $"The tables marketbot_* lack {(pending.Count == 1 ? "a change" : $"{pending.Count} changes")}.", "marketbot db upgrade")];

        var expected = model.Tables.Where(t => t.Name.StartsWith(OwnPrefix, StringComparison.Ordinal)).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();
        var known = expected.Where(t => catalogue.Tables.ContainsKey(t.Name)).Select(t => (Expected: t, Actual: catalogue.Tables[t.Name])).ToList();
        return [.. MissingTables(expected, catalogue), .. known.SelectMany(t => Columns(t.Expected, t.Actual)),
            .. known.SelectMany(t => Uniqueness(t.Expected, t.Actual))];
    }

    private static IEnumerable<Finding> MissingTables(IEnumerable<ITable> expected, Catalogue catalogue)
    {
        if (expected.Select(t => t.Name).Where(name => !catalogue.Tables.ContainsKey(name)).ToList() is [_, ..] missing)
            yield return Finding.Error(Check, $"The tables {string.Join(", ", missing)} are missing.", Restore);
    }

    private static IEnumerable<Finding> Columns(ITable expected, Table actual) =>
        from column in expected.Columns
        let type = actual.Columns.GetValueOrDefault(column.Name)?.Type
        where !string.Equals(type, column.StoreType, StringComparison.OrdinalIgnoreCase)
        select Finding.Error(
            Check,
            type is null
                ? $"The column {expected.Name}.{column.Name} is missing."
                : $"The column {expected.Name}.{column.Name} has the type {type} instead of {column.StoreType}.",
            Restore);

    private static IEnumerable<Finding> Uniqueness(ITable expected, Table actual) =>
        from unique in expected.Indexes.Where(i => i is { IsUnique: true, Filter: null }).Select(i => (i.Name, i.Columns))
            .Append((expected.PrimaryKey!.Name, expected.PrimaryKey.Columns))
        let columns = unique.Columns.Select(c => c.Name).ToList()
        where columns.All(actual.Columns.ContainsKey) && !actual.IsUnique(columns)
        select Finding.Error(
            Check, $"Nothing keeps {expected.Name}.{string.Join(" and ", columns)} unique.", SqlDialect.CreateUnique(unique.Name, expected.Name, columns));
}
