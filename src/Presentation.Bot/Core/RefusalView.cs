using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Domain.Common;
using MarketBot.Domain.Shops;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Shops;
using MarketBot.Presentation.Bot.Subscriptions;

namespace MarketBot.Presentation.Bot.Core;

/// <summary>What a refusal looks like, wherever it comes from.</summary>
internal static class RefusalView
{
    /// <summary>Whether the same prompt should be shown again: the input was wrong, not the person.</summary>
    public static bool MayBeTriedAgain(this Refusal refusal) =>
        refusal.Code == AccessRefusals.TooManyAttempts.Code
        || refusal == AccessRefusals.Conflict
        || refusal == AccountRefusals.LoginFailed
        || refusal == AccountRefusals.PasswordOutdated
        || refusal == AccountRefusals.PasswordUncheckable
        || refusal == ShopRefusals.KeyNotRecognised
        || refusal == ShopRefusals.KeyShared;

    /// <summary>The screen of a refusal, and a way on.</summary>
    public static Reply Render(Refusal refusal, Turn turn)
    {
        var words = CommonTexts.Of(turn.Language);
        var text = words.Say(refusal);
        if (refusal == AccessRefusals.Banned)
            return Reply.Screen(text, Keyboard.None);
        if (refusal == AccessRefusals.SignInFirst)
            return HomeView.Render(Home.SignedOut, turn.Language, text);

        var menu = Button.For(words.Menu, new OpenMenu());
        if (refusal == AccessRefusals.Inactive)
            return Reply.Screen(text, Keyboard.Of([Button.For(SubscriptionTexts.Of(turn.Language).Subscription, new OpenSubscription())], [menu]));
        if (refusal == ShopRefusals.NotYours)
        {
            var shops = ShopTexts.Of(turn.Language);
            var list = Button.For(turn.Role == Role.Admin ? shops.AllShops : shops.MyShops, new OpenShops(ShopListPurpose.Open));
            return Reply.Screen(text, Keyboard.Of([list], [menu]));
        }

        return Reply.Screen(text, Keyboard.Of([menu]));
    }
}
