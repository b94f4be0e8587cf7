namespace MarketBot.Presentation.Bot.Shops;

/// <summary>The next text is the number of a page.</summary>
internal sealed record AwaitPage(ShopListPurpose Purpose, ShopId First, int Page, int Pages, short? Search) : IAwaited;

/// <summary>The next text is what to search for.</summary>
internal sealed record AwaitSearch(ShopListPurpose Purpose) : IAwaited;

internal sealed class ListShopsScreen(IMediator mediator) : IScreen<ListShopsScreen>
{
    public static void Map(Routes<ListShopsScreen> routes) => routes
        .For<ListShops>()
        .Button<OpenShops>("shops", (screen, button, turn, ct) => screen.Show(new ListShops(ShopListPlace.First), button.Purpose, turn, ct))
        .Button<TurnPage>(
            "page", (screen, button, turn, ct) =>
                screen.Show(new ListShops(new ShopListPlace(button.From, button.Key, button.Page), button.Search), button.Purpose, turn, ct))
        .Button<NoFurther>("edge", (_, _, _, _) => Task.FromResult(Reply.Answer()))
        .For<JumpToShopPage>()
        .Button<AskPage>(
            "jump", (_, button, turn, _) =>
                Task.FromResult(Ask(new AwaitPage(button.Purpose, button.First, button.Page, button.Pages, button.Search), turn.Language)))
        .Answer<AwaitPage>("jump_to", (screen, awaited, turn, ct) => screen.Jump(awaited, turn, ct))
        .For<SearchShops>()
        .Button<AskSearch>("find", (_, button, turn, _) => Task.FromResult(Ask(button.Purpose, turn.Language)))
        .Answer<AwaitSearch>("find_text", (screen, awaited, turn, ct) => screen.Search(awaited, turn, ct));

    internal static Reply Ask(AwaitPage awaited, Language language, Html? why = null)
    {
        var back = new ListPage(awaited.First, awaited.Page, awaited.Search).Return(awaited.Purpose);
        return PromptView.Render(ShopTexts.Of(language).AskPage(awaited.Pages), why, back, awaited, language);
    }

    internal static Reply Ask(ShopListPurpose purpose, Language language, Html? why = null) =>
        PromptView.Render(ShopTexts.Of(language).AskSearch, why, new OpenShops(purpose), new AwaitSearch(purpose), language);

    private async Task<Reply> Show(ListShops request, ShopListPurpose purpose, Turn turn, CancellationToken ct)
    {
        var page = await mediator.Send(request, ct);
        return page.Refusal is { } no ? Reply.Refuse(no) : ShopListView.Render(page.Value, purpose, turn.Role, turn.Language);
    }

    private async Task<Reply> Jump(AwaitPage awaited, Turn turn, CancellationToken ct)
    {
        var number = int.TryParse(turn.Text!.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var typed) ? typed : 0;
        var page = await mediator.Send(new JumpToShopPage(number, awaited.Search), ct);
        if (page.Refusal is { } no)
            return no == ShopRefusals.NoSuchPage ? Ask(awaited, turn.Language, Words.Of(turn.Language).Say(no)) : Reply.Refuse(no);

        return ShopListView.Render(page.Value, awaited.Purpose, turn.Role, turn.Language);
    }

    private async Task<Reply> Search(AwaitSearch awaited, Turn turn, CancellationToken ct)
    {
        var page = await mediator.Send(new SearchShops(turn.Text!), ct);
        if (page.Refusal is { } no)
            return no == ShopRefusals.SearchTextInvalid ? Ask(awaited.Purpose, turn.Language, Words.Of(turn.Language).Say(no)) : Reply.Refuse(no);

        return ShopListView.Render(page.Value, awaited.Purpose, turn.Role, turn.Language);
    }
}
