using System.Globalization;
using MarketBot.Playground;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;

namespace MarketBot.Tests.Integration.Operations;

/// <summary>
/// A database as the last version before the initial migration has left it: Anna's press and Egor's <c>/start</c> have arrived and nobody has handled them,
/// Boris is asked for a shop's key, Clara has sent five wrong ones, and Dora has yet to be told that she is banned.
/// </summary>
public class UpgradeTests : IDisposable
{
    private const string Version = "cc81690";
    private const string History = "SELECT \"MigrationId\" FROM marketbot_migrations ORDER BY 1";

    /// <summary>The dumps' payloads are encrypted under it.</summary>
    private const string Token = "4200000001:only-for-the-test-of-an-upgrade";

    /// <summary>When the dumps were made.</summary>
    private const long MadeAt = 1795827702000;

    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-test-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_the_version_before_has_left_goes_on()
    {
        await using var bot = await TestBot.Start(
            Ct, database: AsIfMadeNow(), playground: new PlaygroundOptions { Token = Token, People = People() }, madeBy: Version);
        bot.Telegram.World.NextUpdateId = 8_000_000;
        var (anna, boris, clara, dora, egor) = (Someone(bot, 0), Someone(bot, 1), Someone(bot, 2), Someone(bot, 3), Someone(bot, 4));
        await anna.Hears("Nuts");
        await egor.Hears("Кто вы?");
        await dora.Hears("заблокирован");
        await boris.Says("k-2");
        await clara.Says("k-1");
        await bot.Settles(Ct);
        await bot.Becomes(0, "SELECT count(*) FROM marketbot_outbox", Ct);

        Assert.Equal("Nuts", await bot.Value<string>("SELECT name FROM shops WHERE is_active"));
        Assert.Contains("Tea", boris.Sees, StringComparison.Ordinal);
        Assert.Contains("Слишком много", clara.Sees, StringComparison.Ordinal);
        Assert.Equal(4, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser_shops"));
        Assert.Equal(0, await bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state <> 2"));
        Assert.Empty(bot.Errors);
    }

    [Fact]
    public async Task The_history_stays_as_it_is_so_that_the_version_before_still_starts()
    {
        var database = await TestDatabase.Of(Version, Path.Combine(_folder, "marketbot.db"), Ct);
        var before = await database.Column(History);

        var first = await Run(database, "db", "upgrade");
        var again = await Run(database, "db", "upgrade");

        Assert.Equal(((0, ""), (0, "")), (first, again));
        Assert.Equal(7, before.Count);
        Assert.Equal(before, await database.Column(History));
    }

    [Theory]
    [InlineData("20261126040952_KnownSwitches")]
    [InlineData("20261122135339_Delivery")]
    public async Task What_a_still_older_version_has_made_is_refused_and_left_as_it_is(string firstThatIsMissing)
    {
        var database = await TestDatabase.Of(Version, Path.Combine(_folder, "marketbot.db"), Ct);
        await database.Execute($"DELETE FROM marketbot_migrations WHERE \"MigrationId\" >= '{firstThatIsMissing}'");
        var before = await database.Column(History);

        var (code, errors) = await Run(database, "db", "upgrade");

        const string Refusal = "The tables marketbot_* are of a MarketBot that is too old for this one.";
        Assert.Equal((2, $"{Refusal} To mend it: run marketbot db upgrade of the commit {Version} first, then of this version."), (code, errors.Trim()));
        Assert.Equal(before, await database.Column(History));
    }

    private static DemoPerson[] People() => [Known(1001, "Anna"), Known(1002, "Boris"), Known(1003, "Clara"), Known(1004, "Dora"), Known(1005, "Egor")];

    private static DemoPerson Known(long id, string firstName) => new(id, firstName) { HasStarted = true };

    private static Actor Someone(TestBot bot, int place) => new(bot, bot.Telegram.World.People[place]);

    /// <summary>Limits and waits go on from the moment of the dump, however long ago that was.</summary>
    private static string AsIfMadeNow()
    {
        var age = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - MadeAt).ToString(CultureInfo.InvariantCulture);
        return $"""
            UPDATE marketbot_throttles SET at = at + {age};
            UPDATE marketbot_sessions SET updated_at = updated_at + {age};
            UPDATE marketbot_inbox SET received_at = received_at + {age}, ended_at = ended_at + {age};
            UPDATE marketbot_outbox SET created_at = created_at + {age}, due_at = due_at + {age};
            """;
    }

    private static async Task<(int Code, string Errors)> Run(TestDatabase database, params string[] command)
    {
        await using var errors = new StringWriter();
        string[] arguments = [.. command, .. database.Configuration.Select(c => $"--{c.Key}={c.Value}")];
        var code = await new CommandTree(TextWriter.Null, errors, TextReader.Null).Run(arguments, Ct);
        return (code, errors.ToString());
    }
}

[OnPostgres]
public class UpgradeTestsOnPostgres : UpgradeTests;
