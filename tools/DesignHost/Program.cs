using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

Console.WriteLine("This program only exists for tools/add-migration.");

/// <summary>Tells <c>dotnet ef</c> how to make the context: for PostgreSQL, whose notes about keys both databases need.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<MarketBotContext>
{
    public MarketBotContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<MarketBotContext>();
        new PostgresProvider("Host=design-time", schema: null).Configure(options);
        return new MarketBotContext(options.Options);
    }
}
