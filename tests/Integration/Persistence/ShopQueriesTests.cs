using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Persistence;
using MarketBot.Infrastructure.Persistence.Shops;
using MarketBot.Presentation.Bot.CommandLine;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Persistence;

/// <summary>The queries of a person's shops, role by role and direction by direction, on the database itself.</summary>
public class ShopQueriesTests : IAsyncLifetime
{
    private const long Seller = 1;
    private readonly string _folder = Directory.CreateTempSubdirectory("marketbot-test-").FullName;
    private ServiceProvider _services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await TestDatabase.ForBot(Path.Combine(_folder, "marketbot.db"), Ct);
        await using var output = new StringWriter();
        string[] upgrade = ["db", "upgrade", .. database.Configuration.Select(c => $"--{c.Key}={c.Value}")];
        var code = await new CommandTree(output, output, TextReader.Null).Run(upgrade, Ct);
        Assert.True(code == 0, output.ToString());
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddOptions()
            .AddInfrastructure(new DatabaseOptions(database.Kind, database.ConnectionString), "1:a", null, 64)
            .AddScoped<Caller>().AddTransient<Findings>().AddScoped<ICaller>(s => s.GetRequiredService<Caller>()).BuildServiceProvider();
        await using var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<MarketBotContext>();
        var seller = new TelegramUser(0, new TelegramId(1001), "Anna", "", "", Role.Seller, DateTime.UtcNow, false, true, false);
        context.Add(seller);
        for (var i = 1; i <= 8; i++)
        {
            var shop = new Shop(default, $"Shop {i}", $"shop-{i}", $"{i}", ApiKey.Stored($"key-{i}"), "Vendor", true, false);
            shop.Add(Warehouse.Create("second", 2));
            context.Add(shop);
            await context.SaveChangesAsync(Ct);
            if (i % 2 == 1)
                context.Add(ShopBinding.Between(seller, shop.Id));
        }

        await context.SaveChangesAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(Role.Admin, ShopListFrom.Start, 0, "1 2 3", false)]
    [InlineData(Role.Admin, ShopListFrom.At, 3, "3 4 5", true)]
    [InlineData(Role.Admin, ShopListFrom.At, 1, "1 2 3", false)]
    [InlineData(Role.Admin, ShopListFrom.After, 3, "4 5 6", true)]
    [InlineData(Role.Admin, ShopListFrom.Before, 5, "4 3 2", true)]
    [InlineData(Role.Admin, ShopListFrom.Before, 9, "8 7 6", false)]
    [InlineData(Role.Seller, ShopListFrom.Start, 0, "1 3 5", false)]
    [InlineData(Role.Seller, ShopListFrom.At, 2, "3 5 7", true)]
    [InlineData(Role.Seller, ShopListFrom.After, 3, "5 7", true)]
    [InlineData(Role.Seller, ShopListFrom.Before, 7, "5 3 1", true)]
    [InlineData(Role.Seller, ShopListFrom.Before, 8, "7 5 3", false)]
    public async Task A_page_has_the_shops_of_its_role_in_its_direction_and_knows_what_is_beside_it(
        Role role, ShopListFrom from, long key, string ids, bool hasBeside)
    {
        var stretch = await List(role, from, key);

        Assert.Equal(ids, string.Join(' ', (from == ShopListFrom.Before ? stretch.Shops.Reverse() : stretch.Shops).Select(shop => shop.Id)));
        Assert.Equal(hasBeside, from == ShopListFrom.Before ? stretch.HasAfter : stretch.HasBefore);
        Assert.All(stretch.Shops, shop => Assert.Equal($"Shop {shop.Id}", shop.Name));
    }

    [Theory]
    [InlineData(Role.Admin, ShopListFrom.After, 8, true)]
    [InlineData(Role.Admin, ShopListFrom.Before, 1, true)]
    [InlineData(Role.Seller, ShopListFrom.At, 1, false)]
    [InlineData(Role.Seller, ShopListFrom.At, 8, true)]
    public async Task An_empty_page_knows_what_is_beside_it(Role role, ShopListFrom from, long key, bool hasBeside)
    {
        var stretch = await List(role, from, key);

        Assert.Equal(hasBeside, from == ShopListFrom.Before ? stretch.HasAfter : stretch.HasBefore);
    }

    [Theory]
    [InlineData(Role.Admin, 2, true)]
    [InlineData(Role.Seller, 1, true)]
    [InlineData(Role.Seller, 2, false)]
    [InlineData(Role.Admin, 99, false)]
    public async Task A_shop_is_found_with_its_warehouses_by_whom_reaches_it_and_by_nobody_else(Role role, long id, bool isFound)
    {
        var shop = await With((context, queries) => queries.For(User(role)).Find(context, Seller, new ShopId(id)));

        Assert.Equal(isFound, shop is not null);
        if (shop is not null)
            Assert.Equal("second", Assert.Single(shop.Warehouses).Name);
    }

    private static TelegramUser User(Role role) => new(Seller, new TelegramId(1001), "Anna", "", "", role, DateTime.UtcNow, false, true, false);

    private async Task<ShopStretch> List(Role role, ShopListFrom from, long key)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IShopRepository>().List(User(role), new ShopListPlace(from, new ShopId(key), 1), 3, Ct);
    }

    private async Task<T> With<T>(Func<MarketBotContext, ShopQueries, Task<T>> read)
    {
        await using var scope = _services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<MarketBotContext>(), scope.ServiceProvider.GetRequiredService<ShopQueries>());
    }
}

/// <inheritdoc />
[OnPostgres]
public sealed class ShopQueriesTestsOnPostgres : ShopQueriesTests;
