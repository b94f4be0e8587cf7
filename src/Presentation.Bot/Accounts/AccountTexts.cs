namespace MarketBot.Presentation.Bot.Accounts;

/// <summary>The words of signing in and out, the menu, help and language.</summary>
internal sealed record AccountTexts : IFeatureTexts<AccountTexts>
{
    public required Html Welcome { get; init; }

    public required Plain Seller { get; init; }

    public required Plain Administrator { get; init; }

    public required Html SellerMenu { get; init; }

    public required Html AdminMenu { get; init; }

    public required Html InactiveMenu { get; init; }

    public required Plain Help { get; init; }

    public required Plain Language { get; init; }

    public required Html AskKey { get; init; }

    public required Func<string, Html> Registered { get; init; }

    public required Html AskUsername { get; init; }

    public required Html AskPassword { get; init; }

    public required Plain OtherUsername { get; init; }

    public required Html LoggedIn { get; init; }

    public required Html SignedOut { get; init; }

    public required Html Cancelled { get; init; }

    public required Html NothingToCancel { get; init; }

    public required Html AskLanguage { get; init; }

    public required Plain LanguageChosen { get; init; }

    public required Html HelpForStrangers { get; init; }

    public required Html HelpForSellers { get; init; }

    public required Html HelpForAdmins { get; init; }

    public required Func<string, Html> Support { get; init; }

    public required Plain StartCommand { get; init; }

    public required Plain CancelCommand { get; init; }

    public required Plain SignOutCommand { get; init; }

    public required string BotDescription { get; init; }

    public required string BotShortDescription { get; init; }

    /// <inheritdoc />
    public required IReadOnlyDictionary<string, Func<Refusal, Html>> Refusals { get; init; }

    /// <inheritdoc />
    public required IReadOnlyDictionary<Notice, Func<NoticeArguments, Html>> Notices { get; init; }

    public static AccountTexts Ru { get; } = new()
    {
        Welcome = Html.Of($"👋 Здравствуйте! Здесь управляют магазинами торговой площадки.\n\nКто вы?"),
        Seller = "Продавец",
        Administrator = "Администратор",
        SellerMenu = Html.Of($"<b>Меню продавца</b>\nВыберите, что сделать."),
        AdminMenu = Html.Of($"<b>Меню администратора</b>\nВыберите, что сделать."),
        InactiveMenu = Html.Of($"⏸ Подписка не действует, поэтому магазины сейчас недоступны. Продлите её — и всё снова заработает."),
        Help = "Помощь",
        Language = "Язык",
        AskKey = Html.Of($"🔑 Пришлите API-ключ любого из ваших магазинов. Сообщение с ключом я сразу удалю."),
        Registered = shop => Html.Of($"✅ Готово, магазин <b>{shop}</b> ваш."),
        AskUsername = Html.Of($"👤 Пришлите имя пользователя вашей учётной записи на площадке. Ваше сообщение я сразу удалю."),
        AskPassword = Html.Of($"🔒 Пришлите пароль. Сообщение с паролем я сразу удалю."),
        OtherUsername = "Другое имя пользователя",
        LoggedIn = Html.Of($"✅ Вы вошли как администратор."),
        SignedOut = Html.Of($"Вы вышли. До встречи!"),
        Cancelled = Html.Of($"Хорошо, отменено."),
        NothingToCancel = Html.Of($"Отменять нечего: я ничего не ждал."),
        AskLanguage = Html.Of($"На каком языке будем говорить?"),
        LanguageChosen = "Говорю по-русски.",
        HelpForStrangers = Html.Of(
            $"Этот бот помогает управлять магазинами торговой площадки.\n\n<b>Продавец</b> входит API-ключом любого своего магазина, <b>администратор</b> — "
            + $"учётной записью площадки."),
        HelpForSellers = Html.Of(
            $"Здесь вы управляете своими магазинами: включаете и выключаете их и обновление цен, добавляете магазины по API-ключу и отвязываете "
            + $"их.\n\nСообщения с ключами бот сразу удаляет."),
        HelpForAdmins = Html.Of($"Здесь вы видите все магазины площадки, включаете и выключаете их и обновление цен."),
        Support = name => Html.Of($"Вопросы? Пишите: @{name}"),
        StartCommand = "Начать",
        CancelCommand = "Отменить ввод",
        SignOutCommand = "Выйти",
        BotDescription = "Управляйте магазинами торговой площадки прямо из Telegram: включайте и выключайте магазины и обновление цен.",
        BotShortDescription = "Ваши магазины под рукой.",
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [AccountRefusals.LoginFailed.Code] = _ => Html.Of($"Не получилось войти: проверьте имя пользователя и пароль."),
            [AccountRefusals.PasswordOutdated.Code] = _ =>
                Html.Of($"Пароль верный, но на площадке он хранится по-старому. Войдите один раз на сайте площадки — и пришлите пароль сюда ещё раз."),
            [AccountRefusals.PasswordUncheckable.Code] = _ =>
                Html.Of($"Не получилось войти: проверьте имя пользователя и пароль. Если они верны, обратитесь в поддержку: некоторые пароли здесь сейчас "
                    + $"нельзя проверить."),
            [AccountRefusals.UsernameInvalid.Code] = _ => Html.Of($"Это не похоже на имя пользователя. Пришлите его ещё раз."),
            [AccountRefusals.UsernameTaken.Code] = _ => Html.Of($"Такое имя пользователя уже занято."),
            [AccountRefusals.NotFound.Code] = _ => Html.Of($"Такой учётной записи нет."),
            [AccountRefusals.PasswordInvalid.Code] = _ => Html.Of($"Такой пароль не подходит: он пустой, слишком длинный или с пробелами по краям."),
            [AccountRefusals.UserNotFound.Code] = _ => Html.Of($"Такой человек не зарегистрирован."),
            [Languages.Unknown.Code] = _ => Html.Of($"На этом языке я не говорю."),
        },
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.Banned] = _ => Html.Of($"🚫 Ваш доступ к боту заблокирован."),
            [Notice.Unbanned] = _ => Html.Of($"✅ Ваш доступ к боту восстановлен. Откройте /menu."),
        },
    };

    public static AccountTexts En { get; } = new()
    {
        Welcome = Html.Of($"👋 Hello! This is where marketplace shops are run.\n\nWho are you?"),
        Seller = "Seller",
        Administrator = "Administrator",
        SellerMenu = Html.Of($"<b>Seller menu</b>\nChoose what to do."),
        AdminMenu = Html.Of($"<b>Administrator menu</b>\nChoose what to do."),
        InactiveMenu = Html.Of($"⏸ Your subscription is not running, so the shops are not available now. Renew it and everything works again."),
        Help = "Help",
        Language = "Language",
        AskKey = Html.Of($"🔑 Send the API key of any of your shops. I delete the message with the key at once."),
        Registered = shop => Html.Of($"✅ Done, the shop <b>{shop}</b> is yours."),
        AskUsername = Html.Of($"👤 Send the username of your marketplace account. I delete your message at once."),
        AskPassword = Html.Of($"🔒 Send the password. I delete the message with the password at once."),
        OtherUsername = "Other username",
        LoggedIn = Html.Of($"✅ You are logged in as an administrator."),
        SignedOut = Html.Of($"You have signed out. See you!"),
        Cancelled = Html.Of($"All right, cancelled."),
        NothingToCancel = Html.Of($"There is nothing to cancel: I was not waiting for anything."),
        AskLanguage = Html.Of($"Which language shall we speak?"),
        LanguageChosen = "I speak English now.",
        HelpForStrangers = Html.Of(
            $"This bot helps to run the shops of a marketplace.\n\nA <b>seller</b> signs in with the API key of any of their shops, an <b>administrator</b> "
            + $"with a marketplace account."),
        HelpForSellers = Html.Of(
            $"Here you run your shops: switch them and their price updating on and off, add shops by API key and unlink them.\n\nThe bot deletes messages with "
            + $"keys at once."),
        HelpForAdmins = Html.Of($"Here you see all shops of the marketplace and switch them and their price updating on and off."),
        Support = name => Html.Of($"Questions? Write to @{name}"),
        StartCommand = "Start",
        CancelCommand = "Cancel input",
        SignOutCommand = "Sign out",
        BotDescription = "Run your marketplace shops from Telegram: switch shops and price updating on and off.",
        BotShortDescription = "Your shops at your fingertips.",
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [AccountRefusals.LoginFailed.Code] = _ => Html.Of($"The login did not work: please check username and password."),
            [AccountRefusals.PasswordOutdated.Code] = _ =>
                Html.Of($"The password is right, but the marketplace still keeps it in an old way. Please log in on the marketplace's site once, then send the "
                    + $"password here again."),
            [AccountRefusals.PasswordUncheckable.Code] = _ =>
                Html.Of($"The login did not work: please check username and password. If they are right, please contact support: some passwords cannot be "
                    + $"checked here at the moment."),
            [AccountRefusals.UsernameInvalid.Code] = _ => Html.Of($"This does not look like a username. Please send it again."),
            [AccountRefusals.UsernameTaken.Code] = _ => Html.Of($"This username is taken."),
            [AccountRefusals.NotFound.Code] = _ => Html.Of($"There is no such account."),
            [AccountRefusals.PasswordInvalid.Code] = _ => Html.Of($"This password will not do: it is empty, too long, or has blanks around it."),
            [AccountRefusals.UserNotFound.Code] = _ => Html.Of($"This person is not registered."),
            [Languages.Unknown.Code] = _ => Html.Of($"I do not speak this language."),
        },
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.Banned] = _ => Html.Of($"🚫 Your access to the bot has been blocked."),
            [Notice.Unbanned] = _ => Html.Of($"✅ Your access to the bot has been restored. Open /menu."),
        },
    };

    public static AccountTexts Of(Language language) => language == Rendering.Language.Ru ? Ru : En;
}
