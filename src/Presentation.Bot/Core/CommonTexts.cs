using System.Globalization;
using MarketBot.Application.Accounts;
using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;

namespace MarketBot.Presentation.Bot.Core;

/// <summary>Words that belong to no single feature: refusals, incidents, buttons that stand everywhere.</summary>
internal sealed record CommonTexts
{
    public required Plain Back { get; init; }

    public required Plain Cancel { get; init; }

    public required Plain Yes { get; init; }

    public required Plain No { get; init; }

    public required Plain Menu { get; init; }

    public required Plain OutdatedButton { get; init; }

    public required Html UnknownCommand { get; init; }

    public required Html UnexpectedText { get; init; }

    public required Html OnlyText { get; init; }

    public required Html DeleteItYourself { get; init; }

    public required Func<string, Html> Incident { get; init; }

    /// <summary>For the report chat: these shops have one API key between them.</summary>
    public required Func<string, Html> SharedKey { get; init; }

    public required Func<string, Html> OnlyInPrivate { get; init; }

    public required Plain OnlyInPrivateToast { get; init; }

    /// <summary>The words of each refusal, by its code.</summary>
    public required IReadOnlyDictionary<string, Func<Refusal, Html>> Refusals { get; init; }

    /// <summary>What people are told because somebody else did something.</summary>
    public required IReadOnlyDictionary<Notice, Func<NoticeArguments, Html>> Notices { get; init; }

    public static CommonTexts Ru { get; } = new()
    {
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.Banned] = _ => Html.Of($"🚫 Ваш доступ к боту заблокирован."),
            [Notice.Unbanned] = _ => Html.Of($"✅ Ваш доступ к боту восстановлен. Откройте /menu."),
            [Notice.Activated] = _ => Html.Of($"✅ Ваша подписка действует. Откройте /menu."),
            [Notice.Deactivated] = _ => Html.Of($"⏸ Ваша подписка закончилась. Откройте /menu, чтобы узнать, как её продлить."),
            [Notice.ShopOn] = n => Switched(n, Html.Of($"✅ Магазин <b>{n.Shop}</b> включён."), Html.Of($"✅ {Form(n.Count, "Включён", "Включены", "Включено")} {Shops(n.Count)}:")),
            [Notice.ShopOff] = n => Switched(n, Html.Of($"⏸ Магазин <b>{n.Shop}</b> выключен."), Html.Of($"⏸ {Form(n.Count, "Выключен", "Выключены", "Выключено")} {Shops(n.Count)}:")),
            [Notice.PricesOn] = n => Switched(n, Html.Of($"✅ Обновление цен магазина <b>{n.Shop}</b> включено."), Html.Of($"✅ Обновление цен включено у {OfShops(n.Count)}:")),
            [Notice.PricesOff] = n => Switched(n, Html.Of($"⏸ Обновление цен магазина <b>{n.Shop}</b> выключено."), Html.Of($"⏸ Обновление цен выключено у {OfShops(n.Count)}:")),
        },
        Back = "Назад",
        Cancel = "Отмена",
        Yes = "Да",
        No = "Нет",
        Menu = "Меню",
        OutdatedButton = "Эта кнопка устарела.",
        UnknownCommand = Html.Of($"Такой команды нет. Все команды — в /help."),
        UnexpectedText = Html.Of($"Сейчас я не жду от вас текста. Выберите действие кнопкой."),
        OnlyText = Html.Of($"Я понимаю только текст. Пришлите, пожалуйста, ответ текстом или нажмите /cancel."),
        DeleteItYourself = Html.Of($"⚠️ Не получилось удалить ваше сообщение с секретом. Удалите его, пожалуйста, сами."),
        Incident = code => Html.Of($"Что-то пошло не так, мы уже разбираемся. Код: <code>{code}</code>. Попробуйте ещё раз."),
        SharedKey = shops => Html.Of($"⚠️ У магазинов {shops} один и тот же API-ключ. Пока это так, по нему нельзя ни войти, ни добавить магазин."),
        OnlyInPrivate = bot => Html.Of($"Я работаю только в личных сообщениях: https://t.me/{bot}"),
        OnlyInPrivateToast = "Я работаю только в личных сообщениях.",
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [AccessRefusals.Forbidden.Code] = _ => Html.Of($"Это действие вам недоступно."),
            [AccessRefusals.Banned.Code] = _ => Html.Of($"🚫 Ваш доступ к боту заблокирован."),
            [AccessRefusals.SignInFirst.Code] = _ => Html.Of($"Сначала войдите."),
            [AccessRefusals.SignOutFirst.Code] = _ => Html.Of($"Вы уже вошли. Чтобы войти иначе, сначала выйдите: /sign_out"),
            [AccessRefusals.Inactive.Code] = _ => Html.Of($"Подписка не действует, поэтому магазины сейчас недоступны."),
            [AccessRefusals.TooManyAttempts.Code] = r => Html.Of($"Слишком много неверных попыток. Попробуйте снова через {Wait.In(Language.Ru, r.RetryAfter)}."),
            [AccessRefusals.Conflict.Code] = _ => Html.Of($"Данные только что изменились. Попробуйте ещё раз."),
            [AccessRefusals.IdDoesNotFit.Code] = _ => Html.Of($"Магазин пока не может сохранить ваш аккаунт Telegram. Обратитесь, пожалуйста, в поддержку."),
            [Stretch.CountInvalid.Code] = _ => Html.Of($"За один раз можно прочитать от 1 до {Stretch.Most} строк."),
            [AccountRefusals.LoginFailed.Code] = _ => Html.Of($"Не получилось войти: проверьте имя пользователя и пароль."),
            [AccountRefusals.PasswordOutdated.Code] = _ => Html.Of($"Пароль верный, но на площадке он хранится по-старому. Войдите один раз на сайте площадки — и пришлите пароль сюда ещё раз."),
            [AccountRefusals.PasswordUncheckable.Code] = _ => Html.Of($"Не получилось войти: проверьте имя пользователя и пароль. Если они верны, обратитесь в поддержку: некоторые пароли здесь сейчас нельзя проверить."),
            [AccountRefusals.UsernameInvalid.Code] = _ => Html.Of($"Это не похоже на имя пользователя. Пришлите его ещё раз."),
            [AccountRefusals.UsernameTaken.Code] = _ => Html.Of($"Такое имя пользователя уже занято."),
            [AccountRefusals.NotFound.Code] = _ => Html.Of($"Такой учётной записи нет."),
            [AccountRefusals.PasswordInvalid.Code] = _ => Html.Of($"Такой пароль не подходит: он пустой, слишком длинный или с пробелами по краям."),
            [AccountRefusals.UserNotFound.Code] = _ => Html.Of($"Такой человек не зарегистрирован."),
            [Languages.Unknown.Code] = _ => Html.Of($"На этом языке я не говорю."),
            [ShopRefusals.KeyNotRecognised.Code] = _ => Html.Of($"Магазина с таким ключом нет. Проверьте ключ и пришлите его ещё раз."),
            [ShopRefusals.KeyShared.Code] = _ => Html.Of($"Этим ключом пользуются несколько магазинов. Обратитесь, пожалуйста, в поддержку."),
            [ShopRefusals.NotYours.Code] = _ => Html.Of($"Этого магазина больше нет в вашем списке."),
            [ShopRefusals.NoSuchPage.Code] = _ => Html.Of($"Такой страницы нет. Пришлите номер страницы числом."),
            [ShopRefusals.SearchTextInvalid.Code] = _ => Html.Of($"Пришлите от 1 до {Session.MaxSearchLength} символов."),
            [ShopRefusals.ShopDataInvalid.Code] = _ => Html.Of($"Значение пустое или слишком длинное."),
            [ShopRefusals.SlugTaken.Code] = _ => Html.Of($"Такой slug уже есть у другого магазина."),
            [ShopRefusals.KeyTaken.Code] = _ => Html.Of($"Такой ключ уже есть у другого магазина."),
            [DeliveryRefusals.NoSuchUpdate.Code] = _ => Html.Of($"Такого обновления нет."),
            [DeliveryRefusals.ContentErased.Code] = _ => Html.Of($"В этом обновлении был секрет, поэтому его содержимое стёрто и обработать его снова нельзя."),
            [DeliveryRefusals.AlreadyApplied.Code] = _ => Html.Of($"Это обновление уже подействовало, поэтому обработать его снова нельзя."),
            [DeliveryRefusals.NoSuchMessage.Code] = _ => Html.Of($"Такого сообщения нет."),
        },
    };

    public static CommonTexts En { get; } = new()
    {
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.Banned] = _ => Html.Of($"🚫 Your access to the bot has been blocked."),
            [Notice.Unbanned] = _ => Html.Of($"✅ Your access to the bot has been restored. Open /menu."),
            [Notice.Activated] = _ => Html.Of($"✅ Your subscription is running. Open /menu."),
            [Notice.Deactivated] = _ => Html.Of($"⏸ Your subscription has ended. Open /menu to see how to renew it."),
            [Notice.ShopOn] = n => SwitchedInEnglish(n, Html.Of($"✅ The shop <b>{n.Shop}</b> has been turned on."), Html.Of($"✅ {n.Count} shops have been turned on:")),
            [Notice.ShopOff] = n => SwitchedInEnglish(n, Html.Of($"⏸ The shop <b>{n.Shop}</b> has been turned off."), Html.Of($"⏸ {n.Count} shops have been turned off:")),
            [Notice.PricesOn] = n => SwitchedInEnglish(n, Html.Of($"✅ Price updating of the shop <b>{n.Shop}</b> has been turned on."), Html.Of($"✅ Price updating of {n.Count} shops has been turned on:")),
            [Notice.PricesOff] = n => SwitchedInEnglish(n, Html.Of($"⏸ Price updating of the shop <b>{n.Shop}</b> has been turned off."), Html.Of($"⏸ Price updating of {n.Count} shops has been turned off:")),
        },
        Back = "Back",
        Cancel = "Cancel",
        Yes = "Yes",
        No = "No",
        Menu = "Menu",
        OutdatedButton = "This button is out of date.",
        UnknownCommand = Html.Of($"There is no such command. All commands are in /help."),
        UnexpectedText = Html.Of($"I am not waiting for a text right now. Please choose with a button."),
        OnlyText = Html.Of($"I only understand text. Please send your answer as text, or press /cancel."),
        DeleteItYourself = Html.Of($"⚠️ I could not delete your message with the secret. Please delete it yourself."),
        Incident = code => Html.Of($"Something went wrong, we are looking into it. Code: <code>{code}</code>. Please try again."),
        SharedKey = shops => Html.Of($"⚠️ The shops {shops} have the same API key. As long as they do, nobody can register or add a shop with it."),
        OnlyInPrivate = bot => Html.Of($"I only work in private messages: https://t.me/{bot}"),
        OnlyInPrivateToast = "I only work in private messages.",
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [AccessRefusals.Forbidden.Code] = _ => Html.Of($"This is not available to you."),
            [AccessRefusals.Banned.Code] = _ => Html.Of($"🚫 Your access to the bot has been blocked."),
            [AccessRefusals.SignInFirst.Code] = _ => Html.Of($"Please sign in first."),
            [AccessRefusals.SignOutFirst.Code] = _ => Html.Of($"You are signed in already. To sign in differently, sign out first: /sign_out"),
            [AccessRefusals.Inactive.Code] = _ => Html.Of($"Your subscription is not running, so the shops are not available now."),
            [AccessRefusals.TooManyAttempts.Code] = r => Html.Of($"Too many wrong attempts. Please try again in {Wait.In(Language.En, r.RetryAfter)}."),
            [AccessRefusals.Conflict.Code] = _ => Html.Of($"The data has just changed. Please try again."),
            [AccessRefusals.IdDoesNotFit.Code] = _ => Html.Of($"The marketplace cannot store your Telegram account yet. Please contact support."),
            [Stretch.CountInvalid.Code] = _ => Html.Of($"1 to {Stretch.Most} rows can be read at once."),
            [AccountRefusals.LoginFailed.Code] = _ => Html.Of($"The login did not work: please check username and password."),
            [AccountRefusals.PasswordOutdated.Code] = _ => Html.Of($"The password is right, but the marketplace still keeps it in an old way. Please log in on the marketplace's site once, then send the password here again."),
            [AccountRefusals.PasswordUncheckable.Code] = _ => Html.Of($"The login did not work: please check username and password. If they are right, please contact support: some passwords cannot be checked here at the moment."),
            [AccountRefusals.UsernameInvalid.Code] = _ => Html.Of($"This does not look like a username. Please send it again."),
            [AccountRefusals.UsernameTaken.Code] = _ => Html.Of($"This username is taken."),
            [AccountRefusals.NotFound.Code] = _ => Html.Of($"There is no such account."),
            [AccountRefusals.PasswordInvalid.Code] = _ => Html.Of($"This password will not do: it is empty, too long, or has blanks around it."),
            [AccountRefusals.UserNotFound.Code] = _ => Html.Of($"This person is not registered."),
            [Languages.Unknown.Code] = _ => Html.Of($"I do not speak this language."),
            [ShopRefusals.KeyNotRecognised.Code] = _ => Html.Of($"No shop has this key. Please check the key and send it again."),
            [ShopRefusals.KeyShared.Code] = _ => Html.Of($"Several shops use this key. Please contact support."),
            [ShopRefusals.NotYours.Code] = _ => Html.Of($"This shop is no longer in your list."),
            [ShopRefusals.NoSuchPage.Code] = _ => Html.Of($"There is no such page. Please send a page number."),
            [ShopRefusals.SearchTextInvalid.Code] = _ => Html.Of($"Please send 1 to {Session.MaxSearchLength} characters."),
            [ShopRefusals.ShopDataInvalid.Code] = _ => Html.Of($"The value is empty or too long."),
            [ShopRefusals.SlugTaken.Code] = _ => Html.Of($"Another shop has this slug."),
            [ShopRefusals.KeyTaken.Code] = _ => Html.Of($"Another shop has this key."),
            [DeliveryRefusals.NoSuchUpdate.Code] = _ => Html.Of($"There is no such update."),
            [DeliveryRefusals.ContentErased.Code] = _ => Html.Of($"This update held a secret, so its content was erased and it cannot be handled again."),
            [DeliveryRefusals.AlreadyApplied.Code] = _ => Html.Of($"This update has had its effect already, so it cannot be handled again."),
            [DeliveryRefusals.NoSuchMessage.Code] = _ => Html.Of($"There is no such message."),
        },
    };

    public static CommonTexts Of(Language language) => language == Language.Ru ? Ru : En;

    /// <summary>A refusal in words.</summary>
    public Html Say(Refusal refusal) => Refusals[refusal.Code](refusal);

    private static Html Switched(NoticeArguments notice, Html one, Html several)
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

/// <summary>Times to wait, in words with the right plural (CLDR plural rules).</summary>
internal static class Wait
{
    /// <summary>Rounded up, in minutes or hours.</summary>
    public static string In(Language language, TimeSpan? time)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling((time ?? TimeSpan.Zero).TotalMinutes));
        if (minutes < 60)
            return $"{minutes} {Plural.Of(language, minutes, ("минуту", "минуты", "минут"), ("minute", "minutes"))}";

        var hours = (minutes + 59) / 60;
        return $"{hours} {Plural.Of(language, hours, ("час", "часа", "часов"), ("hour", "hours"))}";
    }
}

/// <summary>Forms of words after numbers (CLDR plural rules: Russian one, few, many; English one, other).</summary>
internal static class Plural
{
    /// <summary>The form for a number.</summary>
    public static string Of(Language language, int number, (string One, string Few, string Many) ru, (string One, string Other) en) => language switch
    {
        Language.En => number == 1 ? en.One : en.Other,
        _ => (number % 10, number % 100) switch
        {
            (1, not 11) => ru.One,
            ( >= 2 and <= 4, not (>= 12 and <= 14)) => ru.Few,
            _ => ru.Many,
        },
    };
}
