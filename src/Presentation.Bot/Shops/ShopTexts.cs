namespace MarketBot.Presentation.Bot.Shops;

internal sealed record ShopTexts : IFeatureTexts<ShopTexts>
{
    public required Plain MyShops { get; init; }

    public required Plain AllShops { get; init; }

    public required Plain AddShop { get; init; }

    public required Plain UnlinkShop { get; init; }

    public required Plain Search { get; init; }

    public required Plain ShowAll { get; init; }

    public required Html MyList { get; init; }

    public required Html AllList { get; init; }

    public required Html UnlinkList { get; init; }

    public required Html NoShopsOfMine { get; init; }

    public required Html NoShopsAtAll { get; init; }

    public required Func<string, Html> Found { get; init; }

    public required Func<string, Html> NothingFound { get; init; }

    public required Html SearchWasCut { get; init; }

    public required Html SearchExpired { get; init; }

    public required Func<int, Html> AskPage { get; init; }

    public required Html AskSearch { get; init; }

    public required Html Details { get; init; }

    public required Func<string, Html> Name { get; init; }

    public required Func<string, Html> Vendor { get; init; }

    public required Plain Activation { get; init; }

    public required Plain PriceUpdating { get; init; }

    public required Plain On { get; init; }

    public required Plain Off { get; init; }

    public required Plain TurnOn { get; init; }

    public required Plain TurnOff { get; init; }

    public required Plain Warehouses { get; init; }

    public required Plain NoWarehouses { get; init; }

    public required Func<int, Plain> MoreWarehouses { get; init; }

    public required Func<string, bool, Plain> Switched { get; init; }

    public required Func<bool, Plain> PricesSwitched { get; init; }

    public required Html AskKey { get; init; }

    public required Func<string, Html> Bound { get; init; }

    public required Func<string, Html> ConfirmUnlink { get; init; }

    public required Func<string, Plain> Unlinked { get; init; }

    /// <summary>For the report chat: these shops have one API key between them.</summary>
    public required Func<string, Html> SharedKey { get; init; }

    /// <inheritdoc />
    public required IReadOnlyDictionary<string, Func<Refusal, Html>> Refusals { get; init; }

    /// <inheritdoc />
    public required IReadOnlyDictionary<Notice, Func<NoticeArguments, Html>> Notices { get; init; }

    public static ShopTexts Ru { get; } = new()
    {
        MyShops = "Мои магазины",
        AllShops = "Все магазины",
        AddShop = "Добавить магазин",
        UnlinkShop = "Отвязать магазин",
        Search = "Поиск",
        ShowAll = "Показать все",
        MyList = Html.Of($"<b>Мои магазины</b>\n✅ — включён, ⏸ — выключен."),
        AllList = Html.Of($"<b>Все магазины</b>\n✅ — включён, ⏸ — выключен."),
        UnlinkList = Html.Of($"<b>Отвязать магазин</b>\nКакой?"),
        NoShopsOfMine = Html.Of($"У вас пока нет магазинов. Добавьте первый по его API-ключу."),
        NoShopsAtAll = Html.Of($"На площадке пока нет магазинов."),
        Found = text => Html.Of($"🔎 Найдено по запросу «{text}»:"),
        NothingFound = text => Html.Of($"🔎 По запросу «{text}» ничего не нашлось. Ищу по названию, slug, номеру и client id."),
        SearchWasCut = Html.Of($"Показано не всё: уточните запрос."),
        SearchExpired = Html.Of($"Этот поиск устарел, вот все магазины."),
        AskPage = pages => Html.Of($"Какую страницу показать? Пришлите число от 1 до {pages}."),
        AskSearch = Html.Of($"🔎 Что найти? Пришлите часть названия, slug, номер магазина или client id."),
        Details = Html.Of($"<b>О магазине</b>"),
        Name = name => Html.Of($"Название: <b>{name}</b>"),
        Vendor = name => Html.Of($"Поставщик: {name}"),
        Activation = "Активация",
        PriceUpdating = "Обновление цен",
        On = "включено ✅",
        Off = "выключено ⏸",
        TurnOn = "Включить",
        TurnOff = "Выключить",
        Warehouses = "Склады",
        NoWarehouses = "складов нет",
        MoreWarehouses = count => Plain.Of($"…и ещё {count} {Plural.Of(Language.Ru, count, ("склад", "склада", "складов"), ("", ""))}"),
        Switched = (name, on) => on ? Plain.Of($"«{name}» включён.") : Plain.Of($"«{name}» выключен."),
        PricesSwitched = on => on ? "Обновление цен включено." : "Обновление цен выключено.",
        AskKey = Html.Of($"🔑 Пришлите API-ключ магазина. Сообщение с ключом я сразу удалю."),
        Bound = name => Html.Of($"✅ Магазин <b>{name}</b> добавлен. Есть ещё один? Пришлите его ключ."),
        ConfirmUnlink = name => Html.Of($"Отвязать магазин <b>{name}</b>? Сам магазин не изменится, а вернуть его можно по ключу."),
        Unlinked = name => Plain.Of($"«{name}» отвязан."),
        SharedKey = shops => Html.Of($"⚠️ У магазинов {shops} один и тот же API-ключ. Пока это так, по нему нельзя ни войти, ни добавить магазин."),
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [ShopRefusals.KeyNotRecognised.Code] = _ => Html.Of($"Магазина с таким ключом нет. Проверьте ключ и пришлите его ещё раз."),
            [ShopRefusals.KeyShared.Code] = _ => Html.Of($"Этим ключом пользуются несколько магазинов. Обратитесь, пожалуйста, в поддержку."),
            [ShopRefusals.NotYours.Code] = _ => Html.Of($"Этого магазина больше нет в вашем списке."),
            [ShopRefusals.NoSuchPage.Code] = _ => Html.Of($"Такой страницы нет. Пришлите номер страницы числом."),
            [ShopRefusals.SearchTextInvalid.Code] = _ => Html.Of($"Пришлите от 1 до {Session.MaxSearchLength} символов."),
            [ShopRefusals.ShopDataInvalid.Code] = _ => Html.Of($"Значение пустое или слишком длинное."),
            [ShopRefusals.SlugTaken.Code] = _ => Html.Of($"Такой slug уже есть у другого магазина."),
            [ShopRefusals.KeyTaken.Code] = _ => Html.Of($"Такой ключ уже есть у другого магазина."),
        },
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.ShopOn] = n =>
                SwitchedInRussian(
                    n, Html.Of($"✅ Магазин <b>{n.Shop}</b> включён."), Html.Of($"✅ {Form(n.Count, "Включён", "Включены", "Включено")} {Shops(n.Count)}:")),
            [Notice.ShopOff] = n =>
                SwitchedInRussian(
                    n, Html.Of($"⏸ Магазин <b>{n.Shop}</b> выключен."), Html.Of($"⏸ {Form(n.Count, "Выключен", "Выключены", "Выключено")} {Shops(n.Count)}:")),
            [Notice.PricesOn] = n =>
                SwitchedInRussian(
                    n, Html.Of($"✅ Обновление цен магазина <b>{n.Shop}</b> включено."), Html.Of($"✅ Обновление цен включено у {OfShops(n.Count)}:")),
            [Notice.PricesOff] = n =>
                SwitchedInRussian(
                    n, Html.Of($"⏸ Обновление цен магазина <b>{n.Shop}</b> выключено."), Html.Of($"⏸ Обновление цен выключено у {OfShops(n.Count)}:")),
        },
    };

    public static ShopTexts En { get; } = new()
    {
        MyShops = "My shops",
        AllShops = "All shops",
        AddShop = "Add a shop",
        UnlinkShop = "Unlink a shop",
        Search = "Search",
        ShowAll = "Show all",
        MyList = Html.Of($"<b>My shops</b>\n✅ is on, ⏸ is off."),
        AllList = Html.Of($"<b>All shops</b>\n✅ is on, ⏸ is off."),
        UnlinkList = Html.Of($"<b>Unlink a shop</b>\nWhich one?"),
        NoShopsOfMine = Html.Of($"You have no shops yet. Add the first one by its API key."),
        NoShopsAtAll = Html.Of($"The marketplace has no shops yet."),
        Found = text => Html.Of($"🔎 Found for “{text}”:"),
        NothingFound = text => Html.Of($"🔎 Nothing was found for “{text}”. I search names, slugs, numbers and client ids."),
        SearchWasCut = Html.Of($"This is not all: please be more specific."),
        SearchExpired = Html.Of($"This search has expired, here are all shops."),
        AskPage = pages => Html.Of($"Which page? Send a number from 1 to {pages}."),
        AskSearch = Html.Of($"🔎 What shall I look for? Send part of a name, a slug, a shop's number or a client id."),
        Details = Html.Of($"<b>Shop details</b>"),
        Name = name => Html.Of($"Name: <b>{name}</b>"),
        Vendor = name => Html.Of($"Vendor: {name}"),
        Activation = "Activation",
        PriceUpdating = "Price updating",
        On = "on ✅",
        Off = "off ⏸",
        TurnOn = "Turn on",
        TurnOff = "Turn off",
        Warehouses = "Warehouses",
        NoWarehouses = "no warehouses",
        MoreWarehouses = count => Plain.Of($"…and {count} more"),
        Switched = (name, on) => on ? Plain.Of($"“{name}” is on.") : Plain.Of($"“{name}” is off."),
        PricesSwitched = on => on ? "Price updating is on." : "Price updating is off.",
        AskKey = Html.Of($"🔑 Send the shop's API key. I delete the message with the key at once."),
        Bound = name => Html.Of($"✅ The shop <b>{name}</b> has been added. Have another one? Send its key."),
        ConfirmUnlink = name => Html.Of($"Unlink the shop <b>{name}</b>? The shop itself stays as it is, and its key brings it back."),
        Unlinked = name => Plain.Of($"“{name}” is unlinked."),
        SharedKey = shops => Html.Of($"⚠️ The shops {shops} have the same API key. As long as they do, nobody can register or add a shop with it."),
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [ShopRefusals.KeyNotRecognised.Code] = _ => Html.Of($"No shop has this key. Please check the key and send it again."),
            [ShopRefusals.KeyShared.Code] = _ => Html.Of($"Several shops use this key. Please contact support."),
            [ShopRefusals.NotYours.Code] = _ => Html.Of($"This shop is no longer in your list."),
            [ShopRefusals.NoSuchPage.Code] = _ => Html.Of($"There is no such page. Please send a page number."),
            [ShopRefusals.SearchTextInvalid.Code] = _ => Html.Of($"Please send 1 to {Session.MaxSearchLength} characters."),
            [ShopRefusals.ShopDataInvalid.Code] = _ => Html.Of($"The value is empty or too long."),
            [ShopRefusals.SlugTaken.Code] = _ => Html.Of($"Another shop has this slug."),
            [ShopRefusals.KeyTaken.Code] = _ => Html.Of($"Another shop has this key."),
        },
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.ShopOn] = n =>
                SwitchedInEnglish(n, Html.Of($"✅ The shop <b>{n.Shop}</b> has been turned on."), Html.Of($"✅ {n.Count} shops have been turned on:")),
            [Notice.ShopOff] = n =>
                SwitchedInEnglish(n, Html.Of($"⏸ The shop <b>{n.Shop}</b> has been turned off."), Html.Of($"⏸ {n.Count} shops have been turned off:")),
            [Notice.PricesOn] = n =>
                SwitchedInEnglish(
                    n, Html.Of($"✅ Price updating of the shop <b>{n.Shop}</b> has been turned on."),
                    Html.Of($"✅ Price updating of {n.Count} shops has been turned on:")),
            [Notice.PricesOff] = n =>
                SwitchedInEnglish(
                    n, Html.Of($"⏸ Price updating of the shop <b>{n.Shop}</b> has been turned off."),
                    Html.Of($"⏸ Price updating of {n.Count} shops has been turned off:")),
        },
    };

    public static ShopTexts Of(Language language) => language == Language.Ru ? Ru : En;

    private static Html SwitchedInRussian(NoticeArguments notice, Html one, Html several)
    {
        var at = notice.At.ToString("dd.MM.yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var whoAndWhen = notice.Who is { } who ? Html.Of($"Кто: {who}, {at}") : Html.Of($"На сайте, {at}");
        return OneOrSeveral(notice, one, several, Html.Of($"…и ещё {Shops(notice.Unnamed)}"), whoAndWhen);
    }

    private static Html SwitchedInEnglish(NoticeArguments notice, Html one, Html several)
    {
        var at = notice.At.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        var whoAndWhen = notice.Who is { } who ? Html.Of($"By {who}, {at}") : Html.Of($"On the site, {at}");
        return OneOrSeveral(notice, one, several, Html.Of($"…and {notice.Unnamed} more"), whoAndWhen);
    }

    private static Html OneOrSeveral(NoticeArguments notice, Html one, Html several, Html more, Html whoAndWhen) => notice.Count == 1
        ? Html.Lines(one, whoAndWhen)
        : Html.Lines([several, .. notice.Named.Select(name => Html.Of($"• {name}")), .. notice.Unnamed > 0 ? [more] : Array.Empty<Html>(), whoAndWhen]);

    private static string Shops(int count) => $"{count} {Form(count, "магазин", "магазина", "магазинов")}";

    private static string OfShops(int count) => $"{count} {Form(count, "магазина", "магазинов", "магазинов")}";

    private static string Form(int count, string one, string few, string many) => Plural.Of(Language.Ru, count, (one, few, many), ("", ""));
}
