using System.Net;
using Telegram.Bot.Types.ReplyMarkups;

namespace EfBot;

/// <summary>A shop in a list.</summary>
internal sealed record ShopRow(long Id, string Name, bool IsActive);

/// <summary>A text in HTML and what is under it.</summary>
internal sealed record Screen(string Text, InlineKeyboardMarkup Keyboard);

/// <summary>The screens of a seller, with the words and the buttons of MarketBot's.</summary>
internal static class Screens
{
    public static Screen Menu { get; } = new(
        "<b>Меню продавца</b>\nВыберите, что сделать.",
        new InlineKeyboardMarkup(
        [
            [Button("Мои магазины", "shops:1")],
            [Button("Добавить магазин", "add"), Button("Отвязать магазин", "unlink")],
            [Button("Подписка", "subscription")],
            [Button("Помощь", "help"), Button("Язык", "language")],
        ]));

    public static Screen List(IReadOnlyList<ShopRow> shops, int page, int pages) => new(
        "<b>Мои магазины</b>\n✅ — включён, ⏸ — выключен.",
        new InlineKeyboardMarkup(
        [
            .. shops.Select(shop => new[] { Button($"{(shop.IsActive ? "✅" : "⏸")} {shop.Name}", $"shop:{shop.Id}:{page}") }),
            [
                Button("◀", page > 1 ? $"shops:{page - 1}" : "edge"),
                Button($"{page} / {pages}", "edge"),
                Button("▶", page < pages ? $"shops:{page + 1}" : "edge"),
            ],
            [Button("Поиск", "find")],
            [Button("Назад", "menu")],
        ]));

    public static Screen Card(Shop shop, int page)
    {
        var warehouses = shop.Warehouses.Count == 0
            ? "Склады: складов нет"
            : string.Join('\n', shop.Warehouses.Select(w => $"• {WebUtility.HtmlEncode(w.Name)}").Prepend("Склады:"));
        return new Screen(
            $"""
            <b>О магазине</b>

            Название: <b>{WebUtility.HtmlEncode(shop.Name)}</b>
            Поставщик: {WebUtility.HtmlEncode(shop.VendorName)}
            Активация: {OnOff(shop.IsActive)}
            Обновление цен: {OnOff(shop.PriceUpdating)}

            {warehouses}
            """,
            new InlineKeyboardMarkup(
            [
                [Button($"Активация: {Switch(shop.IsActive)}", $"on:{shop.Id}:{(shop.IsActive ? 0 : 1)}:{page}")],
                [Button($"Обновление цен: {Switch(shop.PriceUpdating)}", $"price:{shop.Id}:{(shop.PriceUpdating ? 0 : 1)}:{page}")],
                [Button("Отвязать магазин", $"unlink:{shop.Id}:{page}")],
                [Button("Назад", $"shops:{page}")],
            ]));
    }

    private static string OnOff(bool isOn) => isOn ? "включено ✅" : "выключено ⏸";

    private static string Switch(bool isOn) => isOn ? "Выключить" : "Включить";

    private static InlineKeyboardButton Button(string label, string data) => InlineKeyboardButton.WithCallbackData(label, data);
}
