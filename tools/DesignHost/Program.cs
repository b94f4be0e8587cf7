using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

Console.WriteLine("This program only exists for: dotnet ef migrations add NAME -p src/Infrastructure -s tools/DesignHost -o Persistence/Migrations --no-build");

/// <summary>Tells <c>dotnet ef</c> how to make the context.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<MarketBotContext>
{
    public MarketBotContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<MarketBotContext>();
        options.UseMarketBotSqlite("Data Source=design-time.db");
        return new MarketBotContext(options.Options);
    }
}
