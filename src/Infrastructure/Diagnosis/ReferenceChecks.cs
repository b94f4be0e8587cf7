using System.Globalization;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MarketBot.Infrastructure.Diagnosis;

/// <summary>Checks of what rows say of other rows.</summary>
internal static class ReferenceChecks
{
    private const string Check = "references";

    /// <summary>The largest number of rows without their target that is counted.</summary>
    private const int MostCounted = 1000;

    /// <summary>The references of the model.</summary>
    public static IReadOnlyList<ExpectedReference> Expected(IRelationalModel model) =>
    [
        .. from table in model.Tables
           from key in table.ForeignKeyConstraints
           orderby table.Name, key.Columns[0].Name
           select new ExpectedReference(table.Name, key.Columns[0].Name, key.PrincipalTable.Name, key.PrincipalColumns[0].Name),
    ];

    /// <summary>True when a foreign key of the database guarantees the reference, so that no row needs a look.</summary>
    public static bool IsKept(ExpectedReference expected, Catalogue catalogue) => Actual(expected, catalogue).Any(r => r.IsKept);

    /// <summary>Counts rows that lead nowhere; it stops when there are too many to count.</summary>
    public static string Count(ExpectedReference reference) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT count(*) FROM (SELECT 1 FROM \"{reference.Table}\" WHERE {LeadsNowhere(reference)} LIMIT {MostCounted}) found");

    /// <summary>Rows that lead nowhere.</summary>
    public static IEnumerable<Finding> Lost(IEnumerable<(ExpectedReference Reference, long Count)> counts) =>
        from lost in counts
        where lost.Count > 0
        select Finding.Warning(
            Check,
            $"Rows of {lost.Reference.Table} whose {lost.Reference.Column} is not in {lost.Reference.To}: "
            + $"{lost.Count}{(lost.Count == MostCounted ? " or more" : "")}.",
            $"DELETE FROM \"{lost.Reference.Table}\" WHERE {LeadsNowhere(lost.Reference)};");

    /// <summary>Warns of references without a foreign key, whose rows can lose their target.</summary>
    public static IEnumerable<Finding> Missing(IEnumerable<ExpectedReference> expected, Catalogue catalogue, SqlDialect dialect) =>
        from reference in expected
        where MarketplaceSchema.Tables.Any(t => t.IsFilled && t.Name == reference.Table) && !Actual(reference, catalogue).Any()
        select Finding.Warning(
            Check, $"No foreign key leads from {reference.Table}.{reference.Column} to {reference.To}: rows can come to lead nowhere.",
            dialect.AddReference(reference));

    private static IEnumerable<Reference> Actual(ExpectedReference expected, Catalogue catalogue) =>
        catalogue.Tables[expected.Table].References.Where(
            r => r.Column == expected.Column && string.Equals(r.To, expected.To, StringComparison.OrdinalIgnoreCase));

    private static string LeadsNowhere(ExpectedReference reference) =>
        $"\"{reference.Column}\" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM \"{reference.To}\" o WHERE o.\"{reference.Key}\" = "
        + $"\"{reference.Table}\".\"{reference.Column}\")";
}
