using System.Reflection;
using MarketBot.Infrastructure.Diagnosis;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Sqlite;
using MarketBot.Infrastructure.Security;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Presentation.Bot.Telegram;
using MarketBot.Tests.Unit.Conventions;
using Telegram.Bot.Types;

namespace MarketBot.Tests.Unit.Diagnosis;

/// <summary>Faults that cannot be planted in a real database, or not by every user.</summary>
public class ChecksTests
{
    private const string Crypt = "crypt$$abN/qM.L/H8EQ";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("3.50.4")]
    [InlineData("3.51.2")]
    [InlineData("3.7.0")]
    [InlineData("unknown")]
    public void A_SQLite_that_can_corrupt_a_shared_WAL_database_is_an_error(string version) =>
        Assert.Equal(Severity.Error, Assert.Single(SettingChecks.Sqlite(version)).Severity);

    [Theory]
    [InlineData("3.51.3")]
    [InlineData("3.53.4")]
    [InlineData("4.0.0")]
    public void A_newer_SQLite_is_fine(string version) => Assert.Empty(SettingChecks.Sqlite(version));

    [Fact]
    public void The_SQLite_that_is_shipped_is_fine() => Assert.Empty(SettingChecks.Sqlite(SqliteProvider.Version));

    [Fact]
    public void The_start_asks_which_SQLite_runs()
    {
        var start = typeof(BotDatabase).GetNestedTypes(BindingFlags.NonPublic).Prepend(typeof(BotDatabase));

        Assert.Contains(start.SelectMany(Il.MembersUsedBy), m => m.DeclaringType == typeof(SettingChecks) && m.Name == nameof(SettingChecks.Sqlite));
    }

    [Fact]
    public void WAL_is_fine_for_a_file_of_the_bots_own_and_a_warning_for_one_that_another_program_writes()
    {
        Assert.Empty(SettingChecks.Journal("/data/a.db", "wal", isAttached: false));
        Assert.Equal(
            (Severity.Warning, "sqlite"),
            (Assert.Single(SettingChecks.Journal("/data/a.db", "wal", isAttached: true)).Severity,
                SettingChecks.Journal("/data/a.db", "wal", isAttached: true).Single().Check));
        Assert.EndsWith(
            "only if the other program's SQLite is 3.51.3 or newer", SettingChecks.Journal("/data/a.db", "delete", isAttached: true).Single().Mend,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_its_owners_alone_is_fine() => Assert.Empty(FileChecks.Of(new FileFacts("/data/marketbot.db", true, Private, true, true)));

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_everybody_may_read_is_a_warning(UnixFileMode others)
    {
        var finding = Assert.Single(FileChecks.Of(new FileFacts("/data/marketbot.db", true, Private | others, true, true)));

        Assert.Equal((Severity.Warning, "chmod o-rwx '/data/marketbot.db'"), (finding.Severity, finding.Mend));
    }

    [Theory]
    [InlineData(false, true, "the database file /data/marketbot.db", "chmod u+w '/data/marketbot.db'")]
    [InlineData(true, false, "the folder /data", "chmod u+w '/data'")]
    public void Where_nothing_can_be_written_is_an_error(bool canWrite, bool canWriteFolder, string where, string mend)
    {
        var finding = Assert.Single(FileChecks.Of(new FileFacts("/data/marketbot.db", true, Private, canWrite, canWriteFolder)));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains(where, finding.Text, StringComparison.Ordinal);
        Assert.StartsWith(mend, finding.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_an_error() =>
        Assert.Equal(Severity.Error, Assert.Single(FileChecks.Of(new FileFacts("/data/marketbot.db", false, null, false, false))).Severity);

    [Fact]
    public void A_missing_library_is_named_once_with_its_package()
    {
        var content = new Content(true, "telegram_admins", true, [("chief", Crypt), ("other", Crypt)], [], []);

        var finding =
            Assert.Single(ContentChecks.Passwords(content, code => code != NativeCode.Crypt), f => f.Mend!.StartsWith("apt-get", StringComparison.Ordinal));

        Assert.Equal((Severity.Warning, "apt-get install libcrypt1"), (finding.Severity, finding.Mend));
        Assert.Contains("libcrypt.so.1", finding.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ContentChecks.Passwords(content, _ => true), f => f.Mend!.StartsWith("apt-get", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(-29, false)]
    [InlineData(31, true)]
    [InlineData(-3600, true)]
    public void Clocks_may_differ_by_half_a_minute(int seconds, bool isFound) =>
        Assert.Equal(
            isFound,
            SettingChecks.Clock("the database", Now.AddSeconds(seconds), Now)
                .Any(f => f.Severity == Severity.Warning && f.Mend!.Contains("timedatectl", StringComparison.Ordinal)));

    [Theory]
    [InlineData("", null, 0, "")]
    [InlineData("https://other.example/secret-path", null, 0, "A webhook is set, to other.example")]
    [InlineData("", "Wrong response from the webhook: 502 Bad Gateway", 0, "502 Bad Gateway")]
    [InlineData("", null, 101, "101 updates wait")]
    public void A_bot_that_polls_wants_no_webhook(string url, string? failure, int pending, string text)
    {
        var findings = TelegramChecks.Webhook(
            new WebhookInfo { Url = url, LastErrorMessage = failure, LastErrorDate = Now.UtcDateTime, PendingUpdateCount = pending },
            new TelegramOptions()).ToList();

        Assert.Equal(text.Length == 0 ? 0 : 1, findings.Count);
        Assert.All(findings, f => Assert.Contains(text, f.Text, StringComparison.Ordinal));
        Assert.All(findings, f => Assert.DoesNotContain("secret-path", f.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://bot.example/hook", "")]
    [InlineData("", "set to nothing")]
    [InlineData("https://other.example/hook", "set to other.example")]
    public void A_bot_behind_a_webhook_wants_its_own(string url, string text)
    {
        var options = new TelegramOptions { Mode = UpdateMode.Webhook, WebhookUrl = "https://bot.example/hook" };

        var findings = TelegramChecks.Webhook(new WebhookInfo { Url = url }, options).ToList();

        Assert.Equal(text.Length == 0 ? 0 : 1, findings.Count);
        Assert.All(findings, f => Assert.Contains(text, f.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_many_shops_without_a_key_some_are_named()
    {
        var content = new Content(false, "telegram_admins", true, [], [], [.. Enumerable.Range(1, 30).Select(i => $"{i}")]);

        var finding = Assert.Single(ContentChecks.Keys(content));

        Assert.Contains("19, 20 and 10 more", finding.Text, StringComparison.Ordinal);
    }
}
