using MarketBot.Presentation.Bot.Accounts;

namespace MarketBot.Presentation.Bot.Subscriptions;

/// <summary>Draws the refusal of people whose subscription does not run: it leads to the subscription.</summary>
internal sealed class InactiveView : IRefusalView
{
    /// <inheritdoc />
    public Reply? Render(Refusal refusal, Html words, Role? role, Language language) => refusal == AccessRefusals.Inactive
        ? Reply.Screen(
            words,
            Keyboard.Of(
                [Button.For(SubscriptionTexts.Of(language).Subscription, new OpenSubscription())],
                [Button.For(CommonTexts.Of(language).Menu, new OpenMenu())]))
        : null;
}
