using System.Text;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Postgres;
using MarketBot.Infrastructure.Persistence.Sqlite;
using MarketBot.Presentation.Bot.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MarketBot.Tests.Unit.Presentation.CommandLine;

public class ConnectionStringTests
{
    private const string Password = "pw-secret";
    private const int Mangled = 5000;

    private static readonly string[] Right =
    [
        $"Host=127.0.0.1;Port=5432;Database=d;Password={Password};Username=u",
        $"Host=127.0.0.1;Port=5432;Database=d;Username=u;Password={Password}",
        $"Password={Password};Server=db.example.org;User Id=market bot;Db=\"market place\";SSL Mode=Require;Pooling=true",
        $"Host=localhost;Username='u';Password='{Password}';Database='d';Options='-c search_path=public';Application Name=bot",
        $"Data Source=/srv/marketbot.db;Password={Password};Mode=ReadWriteCreate;Default Timeout=5",
        $"Data Source='market bot.db';Cache=Shared;Password=\"{Password}\"",
        $"postgres://u:{Password}@127.0.0.1:5432/d?sslmode=require&application_name=bot",
        $"postgresql://u:{Password}@127.0.0.1/d",
        $"Host=postgres://u:{Password}@127.0.0.1:5432/d;Username=u",
        $"Host=u:{Password}@127.0.0.1;Database=d",
    ];

    [Theory]
    [InlineData(20261128)]
    [InlineData(null)]
    public void Whatever_is_wrong_with_a_connection_string_no_message_shows_its_password(int? fixedSeed)
    {
        var seed = fixedSeed ?? Environment.TickCount;
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < Mangled; i++)
        {
            var mangled = Mangle(Right[random.Next(Right.Length)], random);
            foreach (var kind in Enum.GetValues<DatabaseKind>())
                Assert.False(
                    SaidOf(kind, mangled).Contains(Password, StringComparison.OrdinalIgnoreCase),
                    $"Seed {seed}, {kind}: {mangled} became {SaidOf(kind, mangled)}");
        }
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=5432;Database=d Password=pw-secret;Username=u", "Database")]
    [InlineData("Host=127.0.0.1Password=pw-secret;Database=d;Username=u", "Host")]
    [InlineData("Host=127.0.0.1;Database=d;Username=u Password=pw-secret", "Username")]
    [InlineData("Host=127.0.0.1;Database=d;Username=uPasswordpw-secret", "Username")]
    [InlineData("Host=127.0.0.1;Database=d;Username=u;Password=;pw-secret=x", null)]
    [InlineData("Host=127.0.0.1;Port=5432Password=pw-secret;Database=d", null)]
    [InlineData("Host=u:pw-secret@127.0.0.1;Database=d", "Host")]
    [InlineData("postgres://u:pw-secret@127.0.0.1/d?sslmode=require", null)]
    public void A_separator_that_is_missing_is_pointed_out_by_its_keyword(string mangled, string? keyword)
    {
        var settings = Settings.From(new ConfigurationBuilder().Build()) with { Database = new DatabaseOptions(DatabaseKind.Postgres, mangled) };

        var said = Assert.Throws<OperatorException>(() => new ServiceCollection().AddMarketBot(settings)).Message;

        Assert.StartsWith("ConnectionStrings:MarketBot cannot be used: ", said, StringComparison.Ordinal);
        Assert.Contains(keyword is null ? "it cannot be taken apart" : $"the value of {keyword} cannot be right", said, StringComparison.Ordinal);
        Assert.DoesNotContain("pw-secret", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Database=d;Username=u;Password=a=b;Port=5433")]
    [InlineData("Host=/var/run/postgresql;Database=d")]
    [InlineData("Host=one:5432,two:5432;Database=d;Username=u;Password=x")]
    [InlineData("Host=::1;Database=market place;Username=u;Password=x")]
    [InlineData("Host=db.example.org;Username=u;Passfile=/run/secrets/pgpass")]
    public void A_right_connection_string_to_PostgreSQL_is_taken(string right)
    {
        using var provider = new PostgresProvider(right, null);

        Assert.NotEmpty(provider.Place);
    }

    [Theory]
    [InlineData("Data Source=/srv/market place/магазин.db")]
    [InlineData("Data Source=file:market?mode=memory&cache=shared")]
    [InlineData("Data Source=:memory:")]
    public void A_right_connection_string_to_SQLite_is_taken(string right) => Assert.NotEmpty(new SqliteProvider(right).ConnectionString);

    [Fact]
    public void A_name_with_other_characters_is_not_shown_nor_what_the_server_says_of_it()
    {
        using var provider = new PostgresProvider("Host=db;Database=my shop;Username=u;Password=x", null);

        Assert.Equal("of ConnectionStrings:MarketBot", provider.Place);
        Assert.Equal(
            "the server refuses with SQLSTATE 3D000 (postgresql.org, Appendix A)", provider.Explain(Refused("3D000", "database \"my shop\" does not exist")));
    }

    /// <summary>All that an operator can be told of a connection string: when it is read, and when the server refuses what was read.</summary>
    private static string SaidOf(DatabaseKind kind, string connectionString)
    {
        var said = new StringBuilder();
        try
        {
            if (kind == DatabaseKind.Sqlite)
                return said.Append(new SqliteProvider(connectionString).File)
                    .Append(new SqliteProvider(connectionString).Explain(new SqliteException("unable to open database file", 14))).ToString();

            using var provider = new PostgresProvider(connectionString, null);
            var read = new NpgsqlConnectionStringBuilder(connectionString);
            said.AppendLine(provider.Place);
            said.AppendLine(provider.Explain(Refused("3D000", $"database \"{read.Database}\" does not exist")));
            said.AppendLine(provider.Explain(Refused("28P01", $"password authentication failed for user \"{read.Username}\"")));
            said.AppendLine(provider.Explain(new NpgsqlException($"Failed to connect to {read.Host}", new System.Net.Sockets.SocketException(111))));
            said.AppendLine(provider.Explain(new FileNotFoundException($"Could not find file '{read.RootCertificate}{read.Passfile}'")));
        }
        catch (ConnectionStringException refused)
        {
            said.AppendLine(refused.Message);
        }

        return said.ToString();
    }

    private static PostgresException Refused(string state, string message) => new(message, "FATAL", "FATAL", state);

    private static string Mangle(string right, Random random)
    {
        const string Separators = ";=\"':@/?& ";
        var mangled = new StringBuilder(right);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var places = Enumerable.Range(0, mangled.Length).Where(i => Separators.Contains(mangled[i], StringComparison.Ordinal)).ToList();
            if (places.Count == 0)
                return mangled.ToString();

            var at = places[random.Next(places.Count)];
            switch (random.Next(4))
            {
                case 0:
                    mangled.Remove(at, 1);
                    break;
                case 1:
                    mangled.Insert(at, mangled[at]);
                    break;
                case 2:
                    mangled[at] = Separators[random.Next(Separators.Length)];
                    break;
                default:
                    mangled.Insert(random.Next(mangled.Length), random.Next(2) == 0 ? '"' : '\'');
                    break;
            }
        }

        return mangled.ToString();
    }
}
