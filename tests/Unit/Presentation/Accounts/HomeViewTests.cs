using MarketBot.Application.Accounts;
using MarketBot.Application.Subscriptions;
using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Shops;
using MarketBot.Presentation.Bot.Subscriptions;

namespace MarketBot.Tests.Unit.Presentation.Accounts;

public class HomeViewTests
{
    private static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);

    [Fact]
    public void Strangers_choose_a_role()
    {
        var ru = HomeView.Render(Home.SignedOut, Language.Ru);
        var en = HomeView.Render(Home.SignedOut, Language.En);

        Assert.Equal(["Продавец | Администратор", "Помощь | Язык"], Shown.Labels(ru));
        Assert.Equal(["Seller | Administrator", "Help | Language"], Shown.Labels(en));
        Assert.Equal(new AskRegistrationKey(), Shown.Press(en, "Seller"));
        Assert.Equal(new AskUsername(), Shown.Press(en, "Administrator"));
        Assert.Equal(new OpenHelp(), Shown.Press(en, "Help"));
        Assert.Equal(new AskLanguage(), Shown.Press(en, "Language"));
    }

    [Fact]
    public void Sellers_run_their_own_shops()
    {
        var ru = HomeView.Render(new Home(Role.Seller, true), Language.Ru);
        var en = HomeView.Render(new Home(Role.Seller, true), Language.En);

        Assert.Equal(["Мои магазины", "Добавить магазин | Отвязать магазин", "Подписка", "Помощь | Язык"], Shown.Labels(ru));
        Assert.Equal(["My shops", "Add a shop | Unlink a shop", "Subscription", "Help | Language"], Shown.Labels(en));
        Assert.Equal(new OpenShops(ShopListPurpose.Open), Shown.Press(en, "My shops"));
        Assert.Equal(new AskShopKey(), Shown.Press(en, "Add a shop"));
        Assert.Equal(new OpenShops(ShopListPurpose.Unlink), Shown.Press(en, "Unlink a shop"));
        Assert.Equal(new OpenSubscription(), Shown.Press(en, "Subscription"));
    }

    [Fact]
    public void Admins_run_all_shops()
    {
        var ru = HomeView.Render(new Home(Role.Admin, true), Language.Ru);
        var en = HomeView.Render(new Home(Role.Admin, true), Language.En);

        Assert.Equal(["Все магазины", "Подписка", "Помощь | Язык"], Shown.Labels(ru));
        Assert.Equal(["All shops", "Subscription", "Help | Language"], Shown.Labels(en));
        Assert.Equal(new OpenShops(ShopListPurpose.Open), Shown.Press(en, "All shops"));
    }

    [Theory]
    [InlineData(Role.Seller)]
    [InlineData(Role.Admin)]
    public void Without_a_running_subscription_no_button_leads_to_shops(Role role)
    {
        var ru = HomeView.Render(new Home(role, false), Language.Ru);
        var en = HomeView.Render(new Home(role, false), Language.En);

        Assert.Equal(["Подписка", "Помощь | Язык"], Shown.Labels(ru));
        Assert.Equal(["Subscription", "Help | Language"], Shown.Labels(en));
        Assert.Contains("not running", Shown.Text(en), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notice_stands_above_the_menu()
    {
        var menu = Shown.Text(HomeView.Render(Home.SignedOut, Language.En));

        var noticed = HomeView.Render(Home.SignedOut, Language.En, Html.Of($"See <b>you</b>!"));

        Assert.Equal("See you!\n\n" + menu, Shown.Text(noticed));
    }

    [Fact]
    public void Languages_are_named_in_their_own_words()
    {
        var asked = SetLanguageScreen.Ask(Language.Ru);

        Assert.Equal(["Русский | English", "Назад"], Shown.Labels(asked));
        Assert.Equal(new ChooseLanguage(Language.En), Shown.Press(asked, "English"));
        Assert.Equal(new ChooseLanguage(Language.Ru), Shown.Press(asked, "Русский"));
        Assert.Equal(["Русский | English", "Back"], Shown.Labels(SetLanguageScreen.Ask(Language.En)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_subscription_says_its_state_and_whom_to_ask(bool active)
    {
        var named = ShowSubscriptionScreen.Render(new SubscriptionState(active, "helper"), Language.En);
        var unnamed = ShowSubscriptionScreen.Render(new SubscriptionState(active, ""), Language.Ru);

        Assert.Contains(active ? "Running" : "Not running", Shown.Text(named), StringComparison.Ordinal);
        Assert.Contains("@helper", Shown.Text(named), StringComparison.Ordinal);
        Assert.DoesNotContain("@", Shown.Text(unnamed), StringComparison.Ordinal);
        Assert.Equal(["Back"], Shown.Labels(named));
        Assert.Equal(new OpenMenu(), Shown.Press(unnamed, "Назад"));
    }

    [Fact]
    public void Help_lists_exactly_the_commands_it_is_given()
    {
        var help = ShowHelpScreen.Render(new Help(new Home(Role.Seller, true), "helper"), Routes.Commands, Language.En);

        var lines = Routes.Commands.Select(c => $"/{c.Name} — {c.Description!(Language.En)}");
        Assert.Contains($"\n\n{string.Join('\n', lines)}\n\n", Shown.Text(help), StringComparison.Ordinal);
        Assert.Contains("@helper", Shown.Text(help), StringComparison.Ordinal);
        Assert.Equal(new OpenMenu(), Shown.Press(help, "Back"));
    }

    [Fact]
    public void Help_is_about_the_callers_role_and_names_nobody_when_nobody_helps()
    {
        string Of(Role? role) => Shown.Text(ShowHelpScreen.Render(new Help(new Home(role, true), ""), [], Language.Ru));

        Assert.Equal(3, new[] { Of(null), Of(Role.Seller), Of(Role.Admin) }.Distinct().Count());
        Assert.DoesNotContain("@", Of(null), StringComparison.Ordinal);
        Assert.Equal(new CancelPress(), Shown.Press(ShowHelpScreen.Render(new Help(Home.SignedOut, ""), [], Language.Ru), "Назад"));
    }

    [Fact]
    public void Prompts_say_what_they_wait_for_and_can_be_cancelled()
    {
        (Reply Prompt, IAwaited Awaits)[] prompts =
        [
            (RegisterSellerScreen.Ask(Language.En), new AwaitRegistrationKey()),
            (LoginAdminScreen.Ask(Language.En), new AwaitUsername()),
            (BindShopScreen.Ask(Language.En), new AwaitShopKey()),
        ];

        Assert.All(prompts, p => Assert.Equal(p.Awaits, p.Prompt.Awaits));
        Assert.All(prompts, p => Assert.Equal(new CancelPress(), Shown.Press(p.Prompt, "Cancel")));
        Assert.Equal(["Отмена"], Shown.Labels(RegisterSellerScreen.Ask(Language.Ru)));
    }
}
