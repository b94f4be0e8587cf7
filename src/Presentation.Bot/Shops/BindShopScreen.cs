using MarketBot.Presentation.Bot.Accounts;

namespace MarketBot.Presentation.Bot.Shops;

/// <summary>Asks for the key of a further shop.</summary>
internal sealed record AskShopKey : IButton;

/// <summary>The next text is the key of a further shop.</summary>
internal sealed record AwaitShopKey : IAwaited;

internal sealed class BindShopScreen(IMediator mediator) : IScreen<BindShopScreen>
{
    public static void Map(Routes<BindShopScreen> routes) => routes
        .For<BindShop>()
        .Button<AskShopKey>("add", (_, _, turn, _) => Task.FromResult(Ask(turn.Language)))
        .SecretAnswer<AwaitShopKey>("add_key", (screen, _, turn, ct) => screen.Bind(turn, ct));

    internal static Reply Ask(Language language, Html? why = null) =>
        PromptView.Render(ShopTexts.Of(language).AskKey, why, new CancelPress(), new AwaitShopKey(), language);

    private async Task<Reply> Bind(Turn turn, CancellationToken ct)
    {
        var bound = await mediator.Send(new BindShop(new Secret(turn.Text!)), ct);
        if (bound.Refusal is { } no)
            return no.MayBeTriedAgain(ShopRefusals.KeyNotRecognised, ShopRefusals.KeyShared)
                ? Ask(turn.Language, Words.Of(turn.Language).Say(no)) : Reply.Refuse(no);

        var texts = ShopTexts.Of(turn.Language);
        return Reply.Screen(
            texts.Bound(bound.Value),
            Keyboard.Of(
                [Button.For(texts.MyShops, new OpenShops(ShopListPurpose.Open))],
                [Button.For(texts.AddShop, new AskShopKey())],
                [Button.For(CommonTexts.Of(turn.Language).Menu, new OpenMenu())])) with
        {
            Awaits = new AwaitShopKey(),
        };
    }
}
