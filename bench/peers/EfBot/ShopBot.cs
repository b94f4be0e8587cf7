using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace EfBot;

/// <summary>What is on the screen after an update, and what the press is answered with.</summary>
internal sealed record Answer(Screen Screen, string? Toast = null);

/// <summary>A seller's bot: the menu, the list of their shops, a shop's card, and its two switches.</summary>
internal sealed class ShopBot(ITelegramBotClient client, IDbContextFactory<ShopContext> contexts)
{
    private const int PageSize = 5;

    public async Task Handle(Update update)
    {
        if (update.Message is { From: { } writer } message)
        {
            await using var context = await contexts.CreateDbContextAsync();
            if (await FindUser(context, writer.Id) is not null)
                await client.SendMessage(message.Chat, Screens.Menu.Text, ParseMode.Html, replyMarkup: Screens.Menu.Keyboard);
        }
        else if (update.CallbackQuery is { Message: { } shown, Data: { } data } press)
        {
            if (await Answer(press.From.Id, data.Split(':'), update.Id) is not { } answer)
            {
                await client.AnswerCallbackQuery(press.Id);
                return;
            }

            // The two calls go side by side, as MarketBot's and the floor's do.
            await Task.WhenAll(
                client.AnswerCallbackQuery(press.Id, answer.Toast),
                client.EditMessageText(shown.Chat, shown.Id, answer.Screen.Text, ParseMode.Html, replyMarkup: answer.Screen.Keyboard));
        }
    }

    private async Task<Answer?> Answer(long telegramId, string[] data, int updateId)
    {
        await using var context = await contexts.CreateDbContextAsync();
        return data switch
        {
            ["menu"] => await FindUser(context, telegramId) is null ? null : new Answer(Screens.Menu),
            ["shops", var page] => await List(context, telegramId, Int(page)),
            ["shop", var id, var page] => await Card(context, telegramId, Long(id), Int(page)),
            ["on", var id, var wanted, var page] => await Switch(context, telegramId, Long(id), wanted == "1", Int(page), updateId, SwitchActive),
            ["price", var id, var wanted, var page] => await Switch(context, telegramId, Long(id), wanted == "1", Int(page), updateId, SwitchPrices),
            _ => null,
        };
    }

    private static Task<TelegramUser?> FindUser(ShopContext context, long telegramId) => context.Users.AsNoTracking()
        .SingleOrDefaultAsync(u => u.ChatId == telegramId && !u.IsBanned && u.IsActive && !u.IsLoggedOut);

    private static async Task<Answer?> List(ShopContext context, long telegramId, int page)
    {
        if (await FindUser(context, telegramId) is not { } user)
            return null;

        var shops = context.Users.Where(u => u.Id == user.Id).SelectMany(u => u.Shops);
        var count = await shops.CountAsync();
        var rows = await shops.OrderBy(s => s.Id).Skip((page - 1) * PageSize).Take(PageSize).Select(s => new ShopRow(s.Id, s.Name, s.IsActive)).ToListAsync();
        return new Answer(Screens.List(rows, page, Math.Max(1, (count + PageSize - 1) / PageSize)));
    }

    private static async Task<Answer?> Card(ShopContext context, long telegramId, long shopId, int page)
    {
        if (await FindUser(context, telegramId) is not { } user)
            return null;

        var shop = await context.Users.AsNoTracking().Where(u => u.Id == user.Id).SelectMany(u => u.Shops)
            .Include(s => s.Warehouses).SingleOrDefaultAsync(s => s.Id == shopId);
        return shop is null ? null : new Answer(Screens.Card(shop, page));
    }

    private static async Task<Answer?> Switch(
        ShopContext context,
        long telegramId,
        long shopId,
        bool wanted,
        int page,
        int updateId,
        Func<Shop, bool, (string Action, bool Before, string Toast)> change)
    {
        var user = await context.Users.Include(u => u.Shops.Where(s => s.Id == shopId)).ThenInclude(s => s.Warehouses)
            .SingleOrDefaultAsync(u => u.ChatId == telegramId && !u.IsBanned && u.IsActive && !u.IsLoggedOut);
        if (user is not { Shops: [var shop] })
            return null;

        var (action, before, toast) = change(shop, wanted);
        if (before != wanted)
        {
            context.Audit.Add(new AuditRow
            {
                At = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                Actor = telegramId,
                Action = action,
                ShopId = shopId,
                Before = before ? "on" : "off",
                After = wanted ? "on" : "off",
                UpdateId = updateId,
            });
        }

        await context.SaveChangesAsync();
        return new Answer(Screens.Card(shop, page), toast);
    }

    private static (string Action, bool Before, string Toast) SwitchActive(Shop shop, bool wanted)
    {
        var before = shop.IsActive;
        shop.IsActive = wanted;
        return ("ToggleShopActive", before, $"«{shop.Name}» {(wanted ? "включён" : "выключен")}.");
    }

    private static (string Action, bool Before, string Toast) SwitchPrices(Shop shop, bool wanted)
    {
        var before = shop.PriceUpdating;
        shop.PriceUpdating = wanted;
        return ("TogglePriceUpdating", before, $"Обновление цен {(wanted ? "включено" : "выключено")}.");
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
