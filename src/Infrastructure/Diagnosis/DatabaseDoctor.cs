using System.Data;
using System.Data.Common;
using MarketBot.Application.Common;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Sqlite;
using MarketBot.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MarketBot.Infrastructure.Diagnosis;

/// <summary>Looks at everything in the database that the bot relies on, and changes nothing.</summary>
public sealed class DatabaseDoctor
{
    private readonly IServiceScopeFactory _scopes;
    private readonly DatabaseProvider _provider;
    private readonly BotOptions _bot;
    private readonly TimeProvider _time;

    internal DatabaseDoctor(IServiceScopeFactory scopes, DatabaseProvider provider, IOptions<BotOptions> bot, TimeProvider time) =>
        (_scopes, _provider, _bot, _time) = (scopes, provider, bot.Value, time);

    /// <summary>All findings, also of what is as it should be.</summary>
    public async Task<IReadOnlyList<Finding>> Examine(CancellationToken ct)
    {
        var findings = new List<Finding>();
        if (_provider.File is { } file)
        {
            var facts = FileFacts.Of(file);
            Report(findings, FileChecks.Of(facts), "file", $"{facts.File} may be written, and read by nobody else.");
            if (!facts.Exists)
                return findings;
        }

        await using var connection = _provider.Connect();
        try
        {
            await connection.OpenAsync(ct);
            await Examine(connection, findings, ct);
        }
        catch (Exception refused) when (refused is DbException || (connection.State == ConnectionState.Closed && !ct.IsCancellationRequested))
        {
            findings.Add(
                Finding.Error(
                    "database", $"The database cannot be used: {_provider.Explain(refused)}.",
                    "see ConnectionStrings:MarketBot and Database:Provider in the configuration."));
        }

        return findings;
    }

    /// <summary>Adds what was found, or that all is well.</summary>
    public static void Report(ICollection<Finding> findings, IEnumerable<Finding> found, string check, string allIsWell)
    {
        var count = findings.Count;
        foreach (var finding in found)
            findings.Add(finding);
        if (findings.Count == count)
            findings.Add(Finding.Ok(check, allIsWell));
    }

    /// <summary>Compares another clock with ours.</summary>
    public static IEnumerable<Finding> CompareClocks(string whose, DateTimeOffset theirs, DateTimeOffset ours) => SettingChecks.Clock(whose, theirs, ours);

    private async Task Examine(DbConnection connection, List<Finding> findings, CancellationToken ct)
    {
        var catalogue = await Catalogue.Read(connection, _provider.CatalogueQuery, ct);
        findings.Add(Finding.Ok("database", catalogue.IsAttached ? "Attached to a marketplace." : "Standalone."));
        if (catalogue.IsToBeMade)
        {
            if (await SchemaChecks.Elsewhere(connection, _provider, ct) is [_, ..] elsewhere)
            {
                findings.AddRange(elsewhere);
                return;
            }

            findings.Add(Finding.Warning("schema", "The database is empty.", "marketbot db upgrade"));
            return;
        }

        var schema = SchemaChecks.Of(catalogue, _provider.Dialect);
        Report(findings, schema, "schema", $"All {MarketplaceSchema.Tables.Count} tables of the marketplace are as they should be.");
        await using var scope = _scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        Report(findings, OwnTableChecks.Of(context, [.. await context.Database.GetAppliedMigrationsAsync(ct)], catalogue), "own tables",
            "The tables marketbot_* are up to date.");
        await ExamineSettings(connection, catalogue.IsAttached, findings, ct);
        if (schema.Any(f => f.Severity == Severity.Error))
            return;

        await ExamineReferences(connection, context.Model.GetRelationalModel(), catalogue, findings, ct);
        var content = await Read(connection, catalogue.IsAttached, ct);
        Report(findings, ContentChecks.Admins(content), "admins", $"{content.Admins.Count} active in the group {content.AdminGroup}.");
        Report(findings, ContentChecks.Passwords(content, NativeCode.IsThere), "passwords", "The passwords of all admins can be checked.");
        Report(findings, ContentChecks.Keys(content), "keys", "Every shop has an API key of its own.");
    }

    /// <summary>First the rows that lead nowhere: as long as there are any, no foreign key can be added.</summary>
    private async Task ExamineReferences(DbConnection connection, IRelationalModel model, Catalogue catalogue, List<Finding> findings, CancellationToken ct)
    {
        var expected = ReferenceChecks.Expected(model);
        var counts = new List<(ExpectedReference Reference, long Count)>();
        foreach (var reference in expected.Where(r => !ReferenceChecks.IsKept(r, catalogue)))
            counts.Add((reference, (await Rows(connection, ReferenceChecks.Count(reference), row => row.GetInt64(0), ct)).Single()));
        Report(
            findings, [.. ReferenceChecks.Lost(counts), .. ReferenceChecks.Missing(expected, catalogue, _provider.Dialect)], "references",
            "No row leads to another that is gone.");
    }

    private async Task ExamineSettings(DbConnection connection, bool isAttached, List<Finding> findings, CancellationToken ct)
    {
        if (_provider is SqliteProvider)
            Report(findings, SettingChecks.Sqlite(SqliteProvider.Version), "sqlite", $"SQLite {SqliteProvider.Version} runs in this process.");
        if (_provider.File is { } file)
        {
            var mode = (await Rows(connection, "SELECT journal_mode FROM pragma_journal_mode", row => row.GetString(0), ct)).Single();
            Report(findings, SettingChecks.Journal(Path.GetFullPath(file), mode, isAttached), "journal", "Readers and writers keep out of each other's way.");
        }
        else if (_provider.IsShared)
        {
            var theirs = (await Rows(connection, "SELECT clock_timestamp()", row => row.GetFieldValue<DateTime>(0), ct)).Single();
            Report(findings, SettingChecks.Clock("the database", theirs, _time.GetUtcNow()), "clock", "The database's clock agrees with this machine's.");
        }
    }

    private async Task<Content> Read(DbConnection connection, bool isAttached, CancellationToken ct)
    {
        const string Name = "SELECT 1 FROM auth_group WHERE name = @p0";
        const string Members =
            """
            SELECT u.username, u.password FROM auth_user u JOIN auth_user_groups m ON m.user_id = u.id JOIN auth_group g ON g.id = m.group_id
            WHERE u.is_active AND g.name = @p0 ORDER BY u.id
            """;
        const string Shared =
            """
            SELECT s.ozon_api_key, s.id FROM shops s
            JOIN (SELECT ozon_api_key FROM shops WHERE ozon_api_key <> '' GROUP BY ozon_api_key HAVING count(*) > 1) d ON d.ozon_api_key = s.ozon_api_key
            ORDER BY s.id
            """;
        const string Empty = "SELECT id FROM shops WHERE ozon_api_key = '' ORDER BY id";
        var shared = await Rows(connection, Shared, row => (Key: row.GetString(0), Id: Id(row, 1)), ct);
        return new Content(
            isAttached,
            _bot.AdminGroup,
            (await Rows(connection, Name, _ => true, ct, _bot.AdminGroup)).Count > 0,
            await Rows(connection, Members, row => (row.GetString(0), row.GetString(1)), ct, _bot.AdminGroup),
            [.. shared.GroupBy(s => s.Key).Select(key => string.Join(", ", key.Select(s => s.Id)))],
            await Rows(connection, Empty, row => Id(row, 0), ct));
    }

    private static string Id(DbDataReader row, int column) => row.GetInt64(column).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<T>> Rows<T>(DbConnection connection, string sql, Func<DbDataReader, T> map, CancellationToken ct, params object[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@p{i}", parameters[i]);
            command.Parameters.Add(parameter);
        }

        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(map(reader));
        return rows;
    }
}
