namespace MarketBot.Presentation.Bot.Subscriptions;

/// <summary>The words of the subscription.</summary>
internal sealed record SubscriptionTexts : IFeatureTexts<SubscriptionTexts>
{
    public required Plain Subscription { get; init; }

    public required Html Active { get; init; }

    public required Html Inactive { get; init; }

    public required Func<string, Html> Contact { get; init; }

    public required Html ContactNobody { get; init; }

    /// <inheritdoc />
    public required IReadOnlyDictionary<Notice, Func<NoticeArguments, Html>> Notices { get; init; }

    public static SubscriptionTexts Ru { get; } = new()
    {
        Subscription = "Подписка",
        Active = Html.Of($"<b>Подписка</b>\n✅ Действует."),
        Inactive = Html.Of($"<b>Подписка</b>\n⏸ Не действует: магазины недоступны."),
        Contact = name => Html.Of($"Чтобы оплатить или продлить подписку, напишите @{name}."),
        ContactNobody = Html.Of($"Чтобы оплатить или продлить подписку, обратитесь в поддержку площадки."),
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.Activated] = _ => Html.Of($"✅ Ваша подписка действует. Откройте /menu."),
            [Notice.Deactivated] = _ => Html.Of($"⏸ Ваша подписка закончилась. Откройте /menu, чтобы узнать, как её продлить."),
        },
    };

    public static SubscriptionTexts En { get; } = new()
    {
        Subscription = "Subscription",
        Active = Html.Of($"<b>Subscription</b>\n✅ Running."),
        Inactive = Html.Of($"<b>Subscription</b>\n⏸ Not running: the shops are not available."),
        Contact = name => Html.Of($"To pay for or renew the subscription, write to @{name}."),
        ContactNobody = Html.Of($"To pay for or renew the subscription, please contact the marketplace's support."),
        Notices = new Dictionary<Notice, Func<NoticeArguments, Html>>
        {
            [Notice.Activated] = _ => Html.Of($"✅ Your subscription is running. Open /menu."),
            [Notice.Deactivated] = _ => Html.Of($"⏸ Your subscription has ended. Open /menu to see how to renew it."),
        },
    };

    public static SubscriptionTexts Of(Language language) => language == Language.Ru ? Ru : En;
}
