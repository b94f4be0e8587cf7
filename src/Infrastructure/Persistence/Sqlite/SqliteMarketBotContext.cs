using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MarketBot.Infrastructure.Persistence.Sqlite;

/// <summary>The context whose migrations are for SQLite.</summary>
internal sealed class SqliteMarketBotContext(DbContextOptions<SqliteMarketBotContext> options) : MarketBotContext(options);

/// <summary>Makes the context for <c>dotnet ef</c>, which finds this class by itself and opens no file for a new migration.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteMarketBotContext>
{
    public SqliteMarketBotContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteMarketBotContext>();
        options.UseMarketBot(new SqliteProvider("Data Source=design-time.db"));
        return new SqliteMarketBotContext(options.Options);
    }
}
