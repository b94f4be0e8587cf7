using System.Globalization;

namespace MarketBot.Bench;

/// <summary>The two screens a closed-loop user goes between, as the bot draws them: what the floor sends without any logic.</summary>
internal static class Screens
{
    public const string Menu = "menu";
    public const string Shops = "shops:0";

    public static string MenuText => "<b>Меню продавца</b>\nВыберите, что сделать.";

    public static string ListText => "<b>Мои магазины</b>\n✅ — включён, ⏸ — выключен.";

    public static object MenuKeyboard { get; } = Keyboard([("Мои магазины", Shops)], [("Добавить магазин", "add"), ("Отвязать магазин", "shops:1")], [("Подписка", "subscription")], [("Помощь", "help"), ("Язык", "language")]);

    public static object ListKeyboard { get; } = Keyboard(
        [.. Enumerable.Range(1, 5).Select(i => new[] { ($"⏸ Shop {i}", string.Create(CultureInfo.InvariantCulture, $"shop:{i}:1:1:")) }),
         [("◀", "edge"), ("1 / 4", "jump:0:1:1:4:"), ("▶", "page:0:2:5:2:")], [("Поиск", "find:0")], [("Назад", Menu)]]);

    private static object Keyboard(params (string Text, string Data)[][] rows) => new
    {
        inline_keyboard = rows.Select(row => row.Select(b => new { text = b.Text, callback_data = b.Data }).ToArray()).ToArray(),
    };
}
