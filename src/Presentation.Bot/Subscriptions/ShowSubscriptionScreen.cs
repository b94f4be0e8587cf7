using MarketBot.Application.Subscriptions;
using MarketBot.Presentation.Bot.Accounts;

namespace MarketBot.Presentation.Bot.Subscriptions;

internal sealed record OpenSubscription : IButton;

internal sealed class ShowSubscriptionScreen(IMediator mediator) : IScreen<ShowSubscriptionScreen>
{
    public static void Map(Routes<ShowSubscriptionScreen> routes) => routes
        .For<ShowSubscription>()
        .Button<OpenSubscription>("subscription", (screen, _, turn, ct) => screen.Open(turn, ct));

    internal static Reply Render(SubscriptionState state, Language language)
    {
        var texts = SubscriptionTexts.Of(language);
        var contact = state.SupportUsername.Length > 0 ? texts.Contact(state.SupportUsername) : texts.ContactNobody;
        return Reply.Screen(
            Html.Paragraphs(state.IsActive ? texts.Active : texts.Inactive, contact),
            Keyboard.Of([Button.For(CommonTexts.Of(language).Back, new OpenMenu())]));
    }

    private async Task<Reply> Open(Turn turn, CancellationToken ct)
    {
        var state = await mediator.Send(new ShowSubscription(), ct);
        return state.Refusal is { } no ? Reply.Refuse(no) : Render(state.Value, turn.Language);
    }
}
