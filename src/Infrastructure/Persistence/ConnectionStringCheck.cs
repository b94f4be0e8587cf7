using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MarketBot.Infrastructure.Persistence;

/// <summary>
/// Looks at what a driver has read from a connection string before anything of it is used or shown: where a separator is missing or doubled, a
/// password lies in the value of another keyword. The messages name keywords and never a value.
/// </summary>
internal static partial class ConnectionStringCheck
{
    /// <summary>Reads a connection string with its driver.</summary>
    /// <exception cref="ConnectionStringException">The driver cannot read it, whose own message would quote it.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception unreadable) when (unreadable is not ConnectionStringException)
        {
            throw new ConnectionStringException(null);
        }
    }

    /// <summary>Refuses a server's address, name or user that cannot be one.</summary>
    /// <exception cref="ConnectionStringException">The message names the keyword.</exception>
    public static void Want(NpgsqlConnectionStringBuilder postgres, string written)
    {
        Want("Host", postgres.Host is null || HostName().IsMatch(postgres.Host));
        foreach (var (keyword, value) in new[] { ("Database", postgres.Database), ("Username", postgres.Username) })
            Want(keyword, !HoldsAnother(value) && (!string.IsNullOrEmpty(postgres.Password) || !PasswordWord().IsMatch(value ?? "")));
        Want("Password", !string.IsNullOrEmpty(postgres.Password) || !PasswordWord().IsMatch(written) || !string.IsNullOrEmpty(postgres.Passfile));
    }

    /// <summary>Refuses a file's name that cannot be one.</summary>
    /// <exception cref="ConnectionStringException">The message names the keyword.</exception>
    public static void Want(SqliteConnectionStringBuilder sqlite) =>
        Want("Data Source", IsUri(sqlite.DataSource) || (!HoldsAnother(sqlite.DataSource) && !PasswordWord().IsMatch(sqlite.DataSource)));

    /// <summary>Whether a value has only the characters of a name, so that it may be shown.</summary>
    public static bool IsName(string? value) => value is not null && PlainName().IsMatch(value);

    /// <summary>Whether a SQLite file is given as a URI (sqlite.org/uri.html).</summary>
    public static bool IsUri(string dataSource) => dataSource.StartsWith("file:", StringComparison.Ordinal);

    private static bool HoldsAnother(string? value) => value is not null && (value.Contains('=', StringComparison.Ordinal) || UserInfo().IsMatch(value));

    private static void Want(string keyword, bool isSo)
    {
        if (!isSo)
            throw new ConnectionStringException(keyword);
    }

    /// <summary>Hosts with ports, several with commas between them, or the folder of a socket (npgsql.org, "Connection string parameters").</summary>
    [GeneratedRegex(@"^(/[A-Za-z0-9._/-]*|[A-Za-z0-9._-]+(:[0-9]{1,5})?(, ?[A-Za-z0-9._-]+(:[0-9]{1,5})?)*|[0-9A-Fa-f:]+|\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?)$")]
    private static partial Regex HostName();

    [GeneratedRegex("^[A-Za-z0-9._-]+$")]
    private static partial Regex PlainName();

    [GeneratedRegex("pass(word|wd)?[^a-z]|passw|pwd|psw", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordWord();

    /// <summary>The user and password of an address (RFC 3986, 3.2.1).</summary>
    [GeneratedRegex("(://|:[^/]*@)")]
    private static partial Regex UserInfo();
}

/// <summary>A connection string that cannot be used. The message says nothing of its values.</summary>
/// <param name="keyword">The keyword whose value cannot be right; null: none can be told.</param>
public sealed class ConnectionStringException(string? keyword) : ArgumentException(
    keyword is null ? "it cannot be taken apart" : $"the value of {keyword} cannot be right; perhaps a semicolon, an equals sign or a quotation mark is missing or doubled there");
