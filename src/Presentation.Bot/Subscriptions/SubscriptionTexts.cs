using MarketBot.Presentation.Bot.Core;

namespace MarketBot.Presentation.Bot.Subscriptions;

/// <summary>The words of the subscription.</summary>
internal sealed record SubscriptionTexts
{
    public required Plain Subscription { get; init; }

    public required Html Active { get; init; }

    public required Html Inactive { get; init; }

    public required Func<string, Html> Contact { get; init; }

    public required Html ContactNobody { get; init; }

    public static SubscriptionTexts Ru { get; } = new()
    {
        Subscription = "Подписка",
        Active = Html.Of($"<b>Подписка</b>\n✅ Действует."),
        Inactive = Html.Of($"<b>Подписка</b>\n⏸ Не действует: магазины недоступны."),
        Contact = name => Html.Of($"Чтобы оплатить или продлить подписку, напишите @{name}."),
        ContactNobody = Html.Of($"Чтобы оплатить или продлить подписку, обратитесь в поддержку площадки."),
    };

    public static SubscriptionTexts En { get; } = new()
    {
        Subscription = "Subscription",
        Active = Html.Of($"<b>Subscription</b>\n✅ Running."),
        Inactive = Html.Of($"<b>Subscription</b>\n⏸ Not running: the shops are not available."),
        Contact = name => Html.Of($"To pay for or renew the subscription, write to @{name}."),
        ContactNobody = Html.Of($"To pay for or renew the subscription, please contact the marketplace's support."),
    };

    public static SubscriptionTexts Of(Language language) => language == Language.Ru ? Ru : En;
}
