using System.Diagnostics;
using System.Globalization;
using MarketBot.Application.Common;
using MarketBot.Application.Shops;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Shops;
using MarketBot.Infrastructure;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Bench;

/// <summary>What a tap asks of a SQLite file, piece by piece in one process, and how long a switch holds the right to write.</summary>
internal static class DatabasePieces
{
    private const int WarmUp = 1_000;
    private const int Rounds = 20_000;
    private const long Person = 1;

    /// <summary>Prints a table.</summary>
    /// <param name="executable">The published <c>marketbot.dll</c>, which makes the tables.</param>
    public static async Task Run(string executable)
    {
        var folder = Directory.CreateTempSubdirectory("marketbot-bench-").FullName;
        var file = Path.Combine(folder, "marketbot.db");
        await Marketplace.Make(executable, file, 20, 64, admins: false);
        await using var services = new ServiceCollection().AddLogging().AddOptions().AddSingleton(TimeProvider.System)
            .AddInfrastructure(new DatabaseOptions(DatabaseKind.Sqlite, $"Data Source={file}"), "1:a", null, 64)
            .AddScoped<Caller>().AddScoped<ICaller>(scope => scope.GetRequiredService<Caller>()).AddTransient<Findings>().BuildServiceProvider();
        await services.GetRequiredService<BotDatabase>().Upgrade(CancellationToken.None);

        Console.WriteLine("| piece | µs | bytes |\n|---|---|---|");
        await Measure("the caller", _ => In(scope => scope.GetRequiredService<ICallerStore>().Load(new TelegramId(Person), default)));
        var user = (await In(scope => scope.GetRequiredService<ICallerStore>().Load(new TelegramId(Person), default))).User!;
        await Measure("a page of five shops", _ => In(scope => scope.GetRequiredService<IShopRepository>().List(user, ShopListPlace.First, 5, default)));
        await Measure("a shop with its warehouses", _ => In(scope => scope.GetRequiredService<IShopRepository>().FindFor(user, new ShopId(1), default)));

        var inbox = services.GetRequiredService<IInbox>();
        var places = await inbox.Store([.. Enumerable.Range(1, 2 * (WarmUp + Rounds)).Select(i => new ArrivedUpdate(i, Person, new byte[] { 7 }))], default);
        await Measure("a switch, its commit synced", i => In(scope => Switch(scope, user, places[i]!.Value, leavesSync: false, i)));
        await Measure(
            "a switch, its commit left to a shared sync",
            i => In(scope => Switch(scope, user, places[WarmUp + Rounds + i]!.Value, leavesSync: true, i)));
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);

        async Task<T> In<T>(Func<IServiceProvider, Task<T>> work)
        {
            await using var scope = services.CreateAsyncScope();
            return await work(scope.ServiceProvider);
        }
    }

    /// <summary>What the commands' path does while it holds the right to write.</summary>
    private static async Task<bool> Switch(IServiceProvider scope, TelegramUser user, long place, bool leavesSync, int i)
    {
        var work = scope.GetRequiredService<IUpdateTransaction>();
        work.LeavesSync = leavesSync;
        await scope.GetRequiredService<Caller>().Identify(new TelegramProfile(user.TelegramId, "Person"), place, default);
        await work.Begin(default);
        await scope.GetRequiredService<Caller>().Refresh(default);
        var shop = await scope.GetRequiredService<IShopRepository>().FindForUpdate(user, new ShopId(1), default);
        shop!.SwitchTo(i % 2 == 0);
        scope.GetRequiredService<IAudit>().Record(new Change(nameof(ToggleShopActive)) { Shop = shop.Id, After = "on" });
        if (await work.Save(default) is not null)
            throw new InvalidOperationException("The switch was refused.");
        return await work.Commit(new AppliedUpdate(place, Person, default, () => [1, 2, 3]), default);
    }

    private static async Task Measure<T>(string name, Func<int, Task<T>> piece)
    {
        for (var i = 0; i < WarmUp; i++)
            await piece(i);
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++)
            await piece(WarmUp + i);
        var elapsed = Stopwatch.GetElapsedTime(started);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {elapsed.TotalMicroseconds / Rounds:F1} | {bytes / Rounds} |"));
    }
}
