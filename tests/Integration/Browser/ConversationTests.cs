using static Microsoft.Playwright.Assertions;

namespace MarketBot.Tests.Integration.Browser;

public class ConversationTests(Chromium chromium)
{
    [Fact]
    public async Task A_seller_registers_binds_a_second_shop_switches_it_and_signs_out()
    {
        await using var bot = await RunningBot.Start();
        await using var page = await PageUnderTest.Open(await chromium.Open(), bot.Url);

        await page.Choose("Анна");
        await page.Tab.ClickAsync("#messages >> text=Начать");
        await page.Press("Продавец");
        await page.Sees("Пришлите API-ключ");
        await page.Send("demo-nuts-1");
        await page.Sees("магазин Ореховый рай ваш");
        await page.SeesNowhere("demo-nuts-1");
        await page.Press("Добавить магазин");
        await page.Send("demo-tea-2");
        await page.Sees("Чайная лавка добавлен");
        await page.Press("Мои магазины");
        await page.Press("Ореховый рай");
        await page.Press("Активация: Включить");
        await page.SeesToast("«Ореховый рай» включён.");
        await page.Sees("Активация: включено");
        await page.Keep("seller-ru");
        await page.Send("/sign_out");
        await page.Sees("Вы вышли");
        await page.SeesButton("Администратор");

        await Expect(page.Tab.Locator("#entries .note", new() { HasText = "demo-nuts-1" })).ToBeVisibleAsync();
        await Expect(page.Tab.Locator("#violations")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_admin_logs_in_and_sees_all_shops()
    {
        await using var bot = await RunningBot.Start();
        await using var page = await PageUnderTest.Open(await chromium.Open(dark: true), bot.Url, 1004);

        await page.Send("/start");
        await page.Press("Администратор");
        await page.Send("admin");
        await page.Sees("Пришлите пароль");
        await page.Send("demo-password");
        await page.Sees("Вы вошли как администратор");
        await page.SeesNowhere("demo-password");
        await page.Press("Все магазины");
        await page.SeesButton("1 / 3");
        await page.Press("▶");
        await page.SeesButton("Кофе <в зёрнах>");

        await page.Keep("admin-ru-dark");
    }

    [Fact]
    public async Task A_seller_whose_client_is_English_is_served_in_English()
    {
        await using var bot = await RunningBot.Start();
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url);

        await page.Choose("Emily");
        await page.Tab.ClickAsync("#messages >> text=Start");
        await page.Press("Seller");
        await page.Send("demo-soap-3");
        await page.Sees("the shop Soap & Candles is yours");
        await page.Press("My shops");
        await page.Press("Soap & Candles");
        await page.Sees("Shop details");
        await page.Press("Price updating:");
        await page.SeesToast("Price updating is");

        await Expect(page.Tab.Locator("#menu")).ToContainTextAsync("Menu");
        await page.Keep("seller-en");
    }

    [Fact]
    public async Task On_a_phone_in_the_dark_one_pane_is_seen_at_a_time()
    {
        await using var bot = await RunningBot.Start();
        await using var page = await PageUnderTest.Open(await chromium.Open(dark: true, width: 390, height: 780), bot.Url);

        await page.Keep("people-narrow-dark");
        await page.Choose("Вера");
        await page.Send("/start");
        await page.Press("Продавец");
        await page.Send("demo-nuts-1");
        await page.Sees("Меню продавца");
        await page.Press("Мои магазины");
        await page.SeesButton("Ореховый рай");
        await page.Keep("seller-narrow-dark");
        await page.Tab.ClickAsync("#sideFromChat");
        await Expect(page.Entries.First).ToBeVisibleAsync();
        await page.Keep("inspector-narrow-dark");
        await page.Tab.ClickAsync("#closeSide");
        await page.Tab.ClickAsync("#back");

        await Expect(page.Tab.Locator("#people")).ToBeVisibleAsync();
        await Expect(page.Tab.Locator("#chat")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Everything_can_be_done_with_the_keyboard()
    {
        await using var bot = await RunningBot.Start();
        await using var page = await PageUnderTest.Open(await chromium.Open(), bot.Url);
        var keys = page.Tab.Keyboard;

        await keys.PressAsync("Alt+ArrowDown");
        await Expect(page.Tab.Locator("#text")).ToBeFocusedAsync();
        await keys.TypeAsync("/");
        await Expect(page.Tab.Locator("#completion button").First).ToContainTextAsync("/start");
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await page.SeesButton("Продавец");
        await keys.PressAsync("Shift+Tab");
        await page.Tab.Locator("[data-button$='-0-0']").Last.FocusAsync();
        await keys.PressAsync("Enter");
        await page.Sees("Пришлите API-ключ");
        await keys.PressAsync("Escape");

        await Expect(page.Tab.Locator("#text")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Two_people_are_open_in_two_tabs()
    {
        await using var bot = await RunningBot.Start();
        await using var anna = await PageUnderTest.Open(await chromium.Open(), bot.Url, 1001);
        var boris = await anna.AnotherTab(1002);

        await boris.Send("/start");
        await boris.SeesButton("Продавец");

        await Expect(anna.Messages).ToHaveCountAsync(0);
        await Expect(anna.Tab.Locator("[data-chat='1002']")).ToContainTextAsync("Здравствуйте");
    }
}
