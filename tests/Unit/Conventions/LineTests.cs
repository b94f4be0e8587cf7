using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketBot.Tests.Unit.Conventions;

public partial class LineTests
{
    private static readonly string[] Extensions = [".cs", ".csproj", ".props", ".md", ".sh", ".py", ".yml"];
    private static readonly string[] Folders = ["src", "tests", "bench", "docs", ".github"];
    private static readonly string[] Scripts = [".ci/run", "tests/conditions", "tests/postgres-image"];

    /// <summary>These files are being rewritten.</summary>
    private static readonly string[] Exempt =
    [
        "docs/performance.md",
        "src/Infrastructure/Delivery/Contracts.cs",
        "src/Infrastructure/Delivery/DeliveryAdministration.cs",
        "src/Infrastructure/Delivery/DeliveryMetrics.cs",
        "src/Infrastructure/Delivery/IInbox.cs",
        "src/Infrastructure/Delivery/Inbox.cs",
        "src/Infrastructure/Delivery/InboxReader.cs",
        "src/Infrastructure/Delivery/InboxWriters.cs",
        "src/Infrastructure/Delivery/InstanceLeases.cs",
        "src/Infrastructure/Delivery/Intake.cs",
        "src/Infrastructure/Delivery/KnownBans.cs",
        "src/Infrastructure/Delivery/KnownShops.cs",
        "src/Infrastructure/Delivery/Outbox.cs",
        "src/Infrastructure/Delivery/OutboxSender.cs",
        "src/Infrastructure/Delivery/Retention.cs",
        "src/Infrastructure/Delivery/UpdateProcessor.cs",
        "src/Infrastructure/Delivery/Walk.cs",
        "src/Infrastructure/Delivery/Watch.cs",
        "src/Infrastructure/Persistence/Accounts/CallerStore.cs",
        "src/Infrastructure/Persistence/Accounts/Repositories.cs",
        "src/Infrastructure/Persistence/Accounts/SessionCipher.cs",
        "src/Infrastructure/Persistence/BotDatabase.cs",
        "src/Infrastructure/Persistence/ConnectionStringCheck.cs",
        "src/Infrastructure/Persistence/DatabaseProvider.cs",
        "src/Infrastructure/Persistence/MarketBotContext.cs",
        "src/Infrastructure/Persistence/MarketplaceSchema.cs",
        "src/Infrastructure/Persistence/Postgres/BrokenTransaction.cs",
        "src/Infrastructure/Persistence/Postgres/PostgresMarketplace.cs",
        "src/Infrastructure/Persistence/Postgres/PostgresProvider.cs",
        "src/Infrastructure/Persistence/SchemaChecks.cs",
        "src/Infrastructure/Persistence/Shops/ShopListCache.cs",
        "src/Infrastructure/Persistence/Shops/ShopListSql.cs",
        "src/Infrastructure/Persistence/Shops/ShopRepository.cs",
        "src/Infrastructure/Persistence/SqlDialect.cs",
        "src/Infrastructure/Persistence/Sqlite/SqliteProvider.cs",
        "src/Infrastructure/Persistence/UnitOfWork.cs",
    ];

    [Fact]
    public void No_line_is_wider_than_the_editors_settings_say()
    {
        var most = int.Parse(MaxLineLength().Match(File.ReadAllText(Path.Combine(House.Root, ".editorconfig"))).Groups[1].Value, CultureInfo.InvariantCulture);

        var wide = from file in Files().Except(Exempt)
                   from line in File.ReadLines(Path.Combine(House.Root, file)).Select((text, index) => (Text: text, Number: index + 1))
                   where line.Text.Length > most && !IsTableRow(file, line.Text) && !line.Text.Split(' ').Any(word => IsAddress(word) && word.Length > most)
                   select $"{file}:{line.Number} has {line.Text.Length} columns.";

        Assert.Empty(wide);
    }

    [Fact]
    public void The_files_that_are_looked_at_are_all_that_people_write() =>
        Assert.Superset(
            new HashSet<string> { ".ci/run", "README.md", "docs/delivery.md", "src/Domain/Shops/Shop.cs", "tests/conditions", "bench/Bench.csproj" },
            Files().ToHashSet());

    private static IEnumerable<string> Files() =>
        Folders.Select(folder => Path.Combine(House.Root, folder))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(House.Root))
            .Select(f => Path.GetRelativePath(House.Root, f).Replace('\\', '/'))
            .Where(f => Extensions.Contains(Path.GetExtension(f)) && !f.Split('/').Any(folder => folder is "bin" or "obj" or "Migrations"))
            .Concat(Scripts);

    private static bool IsTableRow(string file, string line) => file.EndsWith(".md", StringComparison.Ordinal) && line.StartsWith('|');

    private static bool IsAddress(string word) => word.Contains("https://", StringComparison.Ordinal) || word.Contains("http://", StringComparison.Ordinal);

    [GeneratedRegex(@"^max_line_length = (\d+)$", RegexOptions.Multiline)]
    private static partial Regex MaxLineLength();
}
