using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;

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
