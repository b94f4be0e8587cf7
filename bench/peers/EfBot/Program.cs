using EfBot;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Telegram.Bot;
using Telegram.Bot.Polling;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

// EfBot SERVER TOKEN FILE [--one-at-a-time]
var (server, token, file) = (args[0], args[1], args[2]);
var isOneAtATime = args.Contains("--one-at-a-time");

// EF Core's documentation, "Advanced Performance Topics": a pooled factory where there is no dependency injection.
var contexts = new PooledDbContextFactory<ShopContext>(new DbContextOptionsBuilder<ShopContext>().UseSqlite($"Data Source={file}").Options);

// EF Core makes its SQLite databases with WAL; this one was made by somebody else. `synchronous` stays at the driver's default, FULL.
await using (var context = await contexts.CreateDbContextAsync())
    await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'");

var client = new TelegramBotClient(new TelegramBotClientOptions(token, server.TrimEnd('/')));
var bot = new ShopBot(client, contexts);
await client.ReceiveAsync(
    (_, update, _) => Receive(update),
    (_, failure, _) => Console.Error.WriteLineAsync(failure.ToString()),
    new ReceiverOptions { AllowedUpdates = [UpdateType.Message, UpdateType.CallbackQuery] });

// The client's receiver waits for each update before it hands over the next one; its documentation names Task.Run for those who want them side by side.
Task Receive(Update update)
{
    if (isOneAtATime)
        return Handle(update);

    _ = Task.Run(() => Handle(update));
    return Task.CompletedTask;
}

async Task Handle(Update update)
{
    try
    {
        await bot.Handle(update);
    }
    catch (Exception failure)
    {
        await Console.Error.WriteLineAsync(failure.ToString());
    }
}
