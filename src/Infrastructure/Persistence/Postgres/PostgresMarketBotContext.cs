using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace MarketBot.Infrastructure.Persistence.Postgres;

/// <summary>The context whose migrations are for PostgreSQL.</summary>
internal sealed class PostgresMarketBotContext(DbContextOptions<PostgresMarketBotContext> options) : MarketBotContext(options);

/// <summary>Makes the context for <c>dotnet ef</c>, which finds this class by itself and connects to no server for a new migration.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresMarketBotContext>
{
    public PostgresMarketBotContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresMarketBotContext>();
        options.UseMarketBot(new PostgresProvider("Host=design-time", schema: null));
        return new PostgresMarketBotContext(options.Options);
    }
}
