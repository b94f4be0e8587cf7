namespace MarketBot.Presentation.Bot.Rendering;

/// <summary>The words that belong to no feature: incidents, buttons that stand everywhere, refusals of the gate.</summary>
internal sealed record CommonTexts : IFeatureTexts<CommonTexts>
{
    public required Plain Back { get; init; }

    public required Plain Cancel { get; init; }

    public required Plain Yes { get; init; }

    public required Plain No { get; init; }

    public required Plain Menu { get; init; }

    public required Plain OutdatedButton { get; init; }

    public required Html UnknownCommand { get; init; }

    public required Html UnexpectedText { get; init; }

    /// <summary>Told when a text that nobody asked for was deleted, or should be.</summary>
    public required Html PerhapsSecret { get; init; }

    public required Html OnlyText { get; init; }

    public required Html DeleteItYourself { get; init; }

    public required Func<string, Html> Incident { get; init; }

    public required Func<string, Html> OnlyInPrivate { get; init; }

    public required Plain OnlyInPrivateToast { get; init; }

    /// <summary>The words of the refusals that any request can meet.</summary>
    public required IReadOnlyDictionary<string, Func<Refusal, Html>> Refusals { get; init; }

    public static CommonTexts Ru { get; } = new()
    {
        Back = "Назад",
        Cancel = "Отмена",
        Yes = "Да",
        No = "Нет",
        Menu = "Меню",
        OutdatedButton = "Эта кнопка устарела.",
        UnknownCommand = Html.Of($"Такой команды нет. Все команды — в /help."),
        UnexpectedText = Html.Of($"Сейчас я не жду от вас текста. Выберите действие кнопкой."),
        PerhapsSecret =
            Html.Of($"Сейчас я не жду от вас текста. Вдруг это был ключ или пароль? Такие сообщения в чате не остаются. Выберите действие кнопкой."),
        OnlyText = Html.Of($"Я понимаю только текст. Пришлите, пожалуйста, ответ текстом или нажмите /cancel."),
        DeleteItYourself = Html.Of($"⚠️ Не получилось удалить ваше сообщение с секретом. Удалите его, пожалуйста, сами."),
        Incident = code => Html.Of($"Что-то пошло не так, мы уже разбираемся. Код: <code>{code}</code>. Попробуйте ещё раз."),
        OnlyInPrivate = bot => Html.Of($"Я работаю только в личных сообщениях: https://t.me/{bot}"),
        OnlyInPrivateToast = "Я работаю только в личных сообщениях.",
        Refusals = new Dictionary<string, Func<Refusal, Html>>
        {
            [AccessRefusals.Forbidden.Code] = _ => Html.Of($"Это действие вам недоступно."),
            [AccessRefusals.Banned.Code] = _ => Html.Of($"🚫 Ваш доступ к боту заблокирован."),
            [AccessRefusals.SignInFirst.Code] = _ => Html.Of($"Сначала войдите."),
            [AccessRefusals.SignOutFirst.Code] = _ => Html.Of($"Вы уже вошли. Чтобы войти иначе, сначала выйдите: /sign_out"),
            [AccessRefusals.Inactive.Code] = _ => Html.Of($"Подписка не действует, поэтому магазины сейчас недоступны."),
            [AccessRefusals.TooManyAttempts.Code] = r =>
                Html.Of($"Слишком много неверных попыток. Попробуйте снова через {Wait.In(Language.Ru, r.RetryAfter)}."),
            [AccessRefusals.Conflict.Code] = _ => Html.Of($"Данные только что изменились. Попробуйте ещё раз."),
            [AccessRefusals.IdDoesNotFit.Code] = _ => Html.Of($"Магазин пока не может сохранить ваш аккаунт Telegram. Обратитесь, пожалуйста, в поддержку."),
            [Stretch.CountInvalid.Code] = _ => Html.Of($"За один раз можно прочитать от 1 до {Stretch.Most} строк."),
        },
    };

    public static CommonTexts En { get; } = new()
    {
        Back = "Back",
        Cancel = "Cancel",
        Yes = "Yes",
        No = "No",
        Menu = "Menu",
        OutdatedButton = "This button is out of date.",
        UnknownCommand = Html.Of($"There is no such command. All commands are in /help."),
        UnexpectedText = Html.Of($"I am not waiting for a text right now. Please choose with a button."),
        PerhapsSecret = Html.Of(
            $"I am not waiting for a text right now. Perhaps it was a key or a password, and those do not stay in the chat. Please choose with a button."),
        OnlyText = Html.Of($"I only understand text. Please send your answer as text, or press /cancel."),
        DeleteItYourself = Html.Of($"⚠️ I could not delete your message with the secret. Please delete it yourself."),
        Incident = code => Html.Of($"Something went wrong, we are looking into it. Code: <code>{code}</code>. Please try again."),
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
        },
    };

    public static CommonTexts Of(Language language) => language == Language.Ru ? Ru : En;

}
