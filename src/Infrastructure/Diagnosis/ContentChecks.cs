using MarketBot.Infrastructure.Security;

namespace MarketBot.Infrastructure.Diagnosis;

/// <summary>The content of the marketplace's tables that the bot depends on.</summary>
/// <param name="IsAttached">True when the tables are another program's.</param>
/// <param name="AdminGroup">The name of the admins' group.</param>
/// <param name="HasGroup">True when the group exists.</param>
/// <param name="Admins">Its active members, with their password hashes.</param>
/// <param name="SharedKeys">Ids of shops, in groups that have one API key.</param>
/// <param name="EmptyKeys">Ids of shops without an API key.</param>
internal sealed record Content(
    bool IsAttached, string AdminGroup, bool HasGroup, IReadOnlyList<(string Username, string Hash)> Admins, IReadOnlyList<string> SharedKeys,
    IReadOnlyList<string> EmptyKeys);

internal static class ContentChecks
{
    /// <summary>The largest number of shops that a finding names.</summary>
    private const int MostNamed = 20;

    /// <summary>Warns when nobody can log in as an admin.</summary>
    public static IEnumerable<Finding> Admins(Content content)
    {
        var group = content.AdminGroup.Replace("'", "''", StringComparison.Ordinal);
        if (!content.HasGroup)
        {
            yield return Finding.Warning(
                "admins", $"There is no group {content.AdminGroup}: nobody can log in as an admin.",
                content.IsAttached ? $"INSERT INTO \"auth_group\" (\"name\") VALUES ('{group}');" : "marketbot accounts add USERNAME");
        }
        else if (content.Admins.Count == 0)
        {
            yield return Finding.Warning(
                "admins", $"Nobody active is in the group {content.AdminGroup}: nobody can log in as an admin.",
                content.IsAttached
                    ? $"INSERT INTO \"auth_user_groups\" (\"user_id\", \"group_id\") SELECT u.id, g.id FROM \"auth_user\" u, \"auth_group\" g WHERE u.username "
                        + $"= 'USERNAME' AND g.name = '{group}';"
                    : "marketbot accounts add USERNAME");
        }
    }

    /// <summary>Looks for admins' passwords that cannot be checked.</summary>
    public static IEnumerable<Finding> Passwords(Content content, Func<NativeCode, bool> isThere)
    {
        foreach (var code in content.Admins.Select(a => PasswordFormat.Of(a.Hash)?.Needs).OfType<NativeCode>().Distinct().Where(code => !isThere(code)))
            yield return Finding.Warning(
                "passwords", $"The library {code.File}, which the passwords of some admins need, is missing.", $"apt-get install {code.Package}");

        foreach (var (username, hash) in content.Admins)
        {
            if (PasswordFormat.Of(hash) is not { } format || format.Read(hash) is null)
            {
                yield return Finding.Warning(
                    "passwords", $"The password of {username} is unusable, or of a format that cannot be checked.",
                    content.IsAttached ? $"python manage.py changepassword {username}" : $"marketbot accounts set-password {username}");
            }
            else if (format.IsOutdated)
            {
                yield return Finding.Warning(
                    "passwords", $"The password of {username} is stored as {format.Name}, which is too weak to log in with.",
                    $"{username} logs in on the site once.");
            }
        }
    }

    /// <summary>Looks for shops that no key tells apart: equal or empty keys.</summary>
    public static IEnumerable<Finding> Keys(Content content)
    {
        foreach (var shops in content.SharedKeys)
            yield return Finding.Warning("keys", $"The shops {shops} have one API key: nobody can register with it.", NewKey(shops.Split(", ")[^1]));
        if (content.EmptyKeys is [var first, ..])
            yield return Finding.Warning("keys", $"The shops {Some(content.EmptyKeys)} have no API key: nobody can register with it.", NewKey(first));
    }

    private static string NewKey(string shop) => $"UPDATE \"shops\" SET \"ozon_api_key\" = 'A KEY OF ITS OWN' WHERE \"id\" = {shop};";

    private static string Some(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Take(MostNamed)) + (ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "");
}

/// <summary>Checks of how the database is set up.</summary>
internal static class SettingChecks
{
    /// <summary>The difference up to which two clocks count as equal.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    /// <summary>The first SQLite whose connections cannot corrupt a WAL file that they share (sqlite.org/wal.html, "The WAL-Reset Bug").</summary>
    private static readonly Version SafeSqlite = new(3, 51, 3);

    /// <summary>Refuses a SQLite that can corrupt a WAL file.</summary>
    public static IEnumerable<Finding> Sqlite(string version)
    {
        if (!Version.TryParse(version, out var known) || known < SafeSqlite)
        {
            yield return Finding.Error(
                "sqlite", $"SQLite {version} can corrupt a WAL database that several connections use; {SafeSqlite} is the first that cannot.",
                "install MarketBot as it is published: the SQLite it brings is newer.");
        }
    }

    /// <summary>Warns of a journal mode in which readers and the writer of a SQLite file wait for each other, and of a second program on a WAL file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mode">Its journal mode.</param>
    /// <param name="isAttached">True when another program writes to it as well, with a SQLite of its own.</param>
    public static IEnumerable<Finding> Journal(string file, string mode, bool isAttached)
    {
        if (mode != "wal")
        {
            yield return Finding.Warning(
                "journal", $"The journal mode is {mode}: readers and writers wait for each other.",
                $"sqlite3 '{file}' 'PRAGMA journal_mode = WAL;'{OtherProgram(isAttached)}");
        }
        else if (isAttached)
        {
            yield return Finding.Warning(
                "sqlite", $"Another program writes to this WAL database, too: with a SQLite older than {SafeSqlite} it can corrupt it.",
                $"sqlite3 '{file}' 'PRAGMA journal_mode = DELETE;' unless that program's SQLite is new enough (in Python: sqlite3.sqlite_version).");
        }
    }

    private static string OtherProgram(bool isAttached) => isAttached ? $" -- only if the other program's SQLite is {SafeSqlite} or newer" : "";

    /// <summary>Compares another clock with ours.</summary>
    public static IEnumerable<Finding> Clock(string whose, DateTimeOffset theirs, DateTimeOffset ours)
    {
        if ((theirs - ours).Duration() > MostSkew)
            yield return Finding.Warning(
                "clock", $"The clock of {whose} and of this machine differ by {(theirs - ours).Duration().TotalSeconds:F0} s.",
                "timedatectl set-ntp true, on the machine that is wrong.");
    }
}
