using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Telegram;
using Microsoft.Extensions.Logging.Abstractions;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public class CommandMenusTests
{
    private static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);

    private readonly ScriptedHandler _telegram = ScriptedHandler.Json("""{"ok":true,"result":true}""");
    private readonly CommandMenus _menus;

    public CommandMenusTests() => _menus = MenusOver(_telegram);

    private static CommandMenus MenusOver(ScriptedHandler telegram) => new(Bot.Over(telegram), Routes, TimeProvider.System, NullLogger<CommandMenus>.Instance);

    [Fact]
    public async Task The_menu_of_a_person_is_set_at_their_first_update_and_not_again_while_it_stays_the_same()
    {
        await _menus.Follow(Shown.CallerOf(Role.Seller), Language.En)!();

        Assert.Null(_menus.Follow(Shown.CallerOf(Role.Seller), Language.En));
        var (url, _, body) = Assert.Single(_telegram.Asked);
        Assert.EndsWith("/setMyCommands", url, StringComparison.Ordinal);
        Assert.All(Routes.CommandsFor(Role.Seller, isActive: true), c => Assert.Contains($"\"{c.Name}\"", body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Role.Admin, true, "en")]
    [InlineData(Role.Seller, false, "en")]
    [InlineData(Role.Seller, true, "ru")]
    [InlineData(null, true, "en")]
    public void The_menu_is_set_anew_when_role_subscription_or_language_changes(Role? role, bool isActive, string language)
    {
        _menus.Follow(Shown.CallerOf(Role.Seller), Language.En);
        var changed = role is { } known ? Shown.CallerOf(known, active: isActive) : Shown.SignedOut();

        Assert.NotNull(_menus.Follow(changed, LanguageChoice.Parse(language)!.Value));
    }

    [Fact]
    public async Task Who_signed_out_gets_the_menu_of_everybody()
    {
        await _menus.Follow(Shown.SignedOut(), Language.En)!();

        Assert.EndsWith("/deleteMyCommands", Assert.Single(_telegram.Asked).Url, StringComparison.Ordinal);
    }

    [Fact]
    public void Strangers_and_banned_people_cost_no_call()
    {
        Assert.Null(_menus.Follow(Shown.CallerOf(null), Language.En));
        Assert.Null(_menus.Follow(Shown.CallerOf(Role.Seller, banned: true), Language.En));
    }

    [Fact]
    public async Task A_menu_that_could_not_be_set_is_set_at_the_next_update()
    {
        var menus = MenusOver(ScriptedHandler.Failing(new HttpRequestException("gone")));

        await menus.Follow(Shown.CallerOf(Role.Seller), Language.En)!();

        Assert.NotNull(menus.Follow(Shown.CallerOf(Role.Seller), Language.En));
    }
}
