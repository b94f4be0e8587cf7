namespace MarketBot.Tests.Integration.Kit;

/// <summary>The labels that everyone means the same button by, written down once more, apart from the bot's own texts.</summary>
public sealed record Words(
    string Seller,
    string Administrator,
    string MyShops,
    string AllShops,
    string AddShop,
    string UnlinkShop,
    string Subscription,
    string Help,
    string Language,
    string Activation,
    string PriceUpdating,
    string TurnOn,
    string TurnOff,
    string Yes,
    string No,
    string Back,
    string Cancel,
    string Search)
{
    public static Words Ru { get; } = new(
        "Продавец", "Администратор", "Мои магазины", "Все магазины", "Добавить магазин", "Отвязать магазин", "Подписка", "Помощь", "Язык", "Активация",
        "Обновление цен",
        "Включить", "Выключить", "Да", "Нет", "Назад", "Отмена", "Поиск");

    public static Words En { get; } = new(
        "Seller", "Administrator", "My shops", "All shops", "Add a shop", "Unlink a shop", "Subscription", "Help", "Language", "Activation", "Price updating",
        "Turn on", "Turn off", "Yes", "No", "Back", "Cancel", "Search");

    public static Words Of(string language) => language == "ru" ? Ru : En;

    /// <summary>The rows of the choice of a role.</summary>
    public string[] RoleChoice => [$"{Seller} | {Administrator}", $"{Help} | {Language}"];

    /// <summary>The rows of a seller's menu.</summary>
    public string[] SellerMenu => [MyShops, $"{AddShop} | {UnlinkShop}", Subscription, $"{Help} | {Language}"];

    /// <summary>The rows of an admin's menu.</summary>
    public string[] AdminMenu => [AllShops, Subscription, $"{Help} | {Language}"];
}
