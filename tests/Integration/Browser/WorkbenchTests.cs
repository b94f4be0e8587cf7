using System.Diagnostics;
using System.Text.Json;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Playground;
using static Microsoft.Playwright.Assertions;

namespace MarketBot.Tests.Integration.Browser;

public class WorkbenchTests(Chromium chromium)
{
    private static readonly PlaygroundOptions WithAnna =
        new() { Page = true, People = [new DemoPerson(17, "Anna") { LanguageCode = "en", Hint = "Say hello, then /buy" }] };

    [Fact]
    public async Task A_fault_is_planned_hits_the_bot_and_the_bot_gets_over_it()
    {
        await using var bot = await RunningBot.Start();
        await using var page = await PageUnderTest.Open(await chromium.Open(), bot.Url, 1001);

        await page.OpenTab("Faults");
        await page.Tab.FillAsync("#faultForm [name=method]", "sendMessage");
        await page.Tab.FillAsync("#faultForm [name=seconds]", "1");
        await page.Tab.ClickAsync("#faultForm button");
        await Expect(page.Tab.Locator("#faultList li")).ToContainTextAsync("sendMessage × 1: 429");
        await page.Keep("fault-ru");
        await page.Send("/start");
        await page.SeesButton("Продавец");
        await Expect(page.Tab.Locator("#planned")).ToBeHiddenAsync();
        await page.OpenTab("Inspector");

        await Expect(page.Tab.Locator("#entries .pill.fault")).ToContainTextAsync("status 429");
        await Expect(page.Messages).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task An_invoice_is_paid_refused_and_timed_out()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(WithAnna with { Time = time });
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url, 17);
        await page.Send("/buy");
        await Expect(page.Messages).ToHaveCountAsync(1);
        await bot.Call("sendInvoice", Invoice);

        await page.Press("Pay 250 ⭐");
        await Expect(page.Tab.Locator(".keyboard .waiting")).ToBeVisibleAsync();
        await page.Keep("invoice-en");
        await bot.Call("answerPreCheckoutQuery", new { pre_checkout_query_id = await PreCheckout(bot), ok = true });
        await Expect(page.Tab.Locator("#messages .service")).ToContainTextAsync("Paid ⭐ 250 for Subscription");
        await page.Press("Pay 250 ⭐");
        await bot.Call("answerPreCheckoutQuery", new { pre_checkout_query_id = await PreCheckout(bot), ok = false, error_message = "Sold out, sorry" });
        await Expect(page.Tab.Locator("#alertText")).ToHaveTextAsync("Sold out, sorry");
        await page.Tab.Keyboard.PressAsync("Enter");
        await page.Press("Pay 250 ⭐");
        await PreCheckout(bot);
        time.Advance(TimeSpan.FromSeconds(10));

        await Expect(page.Tab.Locator("#alertText")).ToContainTextAsync("did not answer the pre-checkout within 10 seconds");
    }

    [Fact]
    public async Task A_broken_rule_is_red_and_its_curl_repeats_it()
    {
        await using var bot = await RawBot.Start(WithAnna);
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url, 17);
        await page.Send("it's me");
        await bot.World.Until(() => bot.World.Person(17).HasStarted, RawBot.Ct);
        await bot.Call("sendMessage", new { chat_id = 17, text = "it's <b>bold", parse_mode = "HTML" });

        await Expect(page.Tab.Locator("#violations")).ToHaveTextAsync("1");
        await page.Tab.CheckAsync("#onlyViolations");
        await page.Tab.ClickAsync("#entries .violation summary");
        await Expect(page.Tab.Locator("#entries .violation")).ToContainTextAsync("can't parse entities");
        await page.Keep("violation-en");
        await page.Tab.ClickAsync("text=Copy as curl");
        var curl = await page.Tab.EvaluateAsync<string>("navigator.clipboard.readText()");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", curl]) { RedirectStandardOutput = true })!;
        var answer = await shell.StandardOutput.ReadToEndAsync(RawBot.Ct);

        Assert.Contains("can't parse entities", answer, StringComparison.Ordinal);
        await Expect(page.Tab.Locator("#violations")).ToHaveTextAsync("2");
    }

    [Fact]
    public async Task The_inspector_is_filtered_by_person_and_method_and_cleared()
    {
        await using var bot = await RawBot.Start(WithAnna with { People = [.. WithAnna.People, new DemoPerson(18, "Boris")] });
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url, 17);
        bot.World.Person(17).Send("a");
        bot.World.Person(18).Send("b");
        await bot.Send(bot.World.Person(17), "x");
        await bot.Call("getUpdates");
        await Expect(page.Entries).ToHaveCountAsync(3);

        await page.Tab.SelectOptionAsync("#byPerson", "18");
        await Expect(page.Entries).ToHaveCountAsync(1);
        await page.Tab.SelectOptionAsync("#byPerson", "open");
        await Expect(page.Entries).ToHaveCountAsync(2);
        await page.Tab.FillAsync("#byMethod", "send");
        await Expect(page.Entries).ToHaveCountAsync(1);
        await page.Tab.FillAsync("#byMethod", "");
        await page.Tab.SelectOptionAsync("#byPerson", "all");
        await page.Tab.CheckAsync("#withPolls");
        await Expect(page.Entries).ToHaveCountAsync(4);
        await page.Tab.ClickAsync("#clearEntries");

        await Expect(page.Entries).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Hostile_names_and_texts_stay_texts()
    {
        const string hostile = "<img src=x onerror=document.body.dataset.hit=1>";
        await using var bot = await RawBot.Start(WithAnna with { People = [new DemoPerson(17, hostile) { Hint = hostile, Username = null }] });
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url, 17);

        await page.Send(hostile);
        await bot.World.Until(() => bot.World.Person(17).HasStarted, RawBot.Ct);
        await bot.Send(bot.World.Person(17), hostile, RawBot.Keyboard((hostile, hostile)));
        await Expect(page.Messages).ToHaveCountAsync(2);
        await page.Press("onerror");
        var query = bot.World.Person(17).Chat.Messages.Count;

        Assert.Null(await page.Tab.GetAttributeAsync("body", "data-hit"));
        Assert.Equal(0, await page.Tab.Locator("#messages img, #entries img, #chats img").CountAsync());
        Assert.Equal(2, query);
    }

    [Fact]
    public async Task Somebody_with_52_bits_of_id_is_added_and_the_bot_is_blocked_and_unblocked()
    {
        await using var bot = await RawBot.Start(WithAnna);
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url);

        await page.Tab.ClickAsync("#add summary");
        await page.Tab.FillAsync("#addForm [name=id]", "4503599627370495");
        await page.Tab.FillAsync("#addForm [name=firstName]", "Max");
        await page.Tab.FillAsync("#addForm [name=username]", "@max_id");
        await page.Tab.PressAsync("#addForm [name=username]", "Enter");
        await Expect(page.Tab.Locator("#chatState")).ToContainTextAsync("@max_id · id 4503599627370495");
        await page.Tab.ClickAsync("#block");
        await Expect(page.Tab.Locator("#block")).ToContainTextAsync("Unblock the bot");
        await page.Send("hello?");
        await page.SeesToast("has blocked the bot");
        await page.Tab.ClickAsync("#block");
        await Expect(page.Tab.Locator("#block")).ToContainTextAsync("Block the bot");

        Assert.False(bot.World.Person(4_503_599_627_370_495).HasBlockedBot);
    }

    [Fact]
    public async Task A_chat_is_exported_and_everything_starts_over()
    {
        await using var bot = await RawBot.Start(WithAnna);
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url, 17);
        await page.Send("hello");
        await Expect(page.Messages).ToHaveCountAsync(1);

        var download = await page.Tab.RunAndWaitForDownloadAsync(() => page.Tab.ClickAsync("#export"));
        var export = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(await download.PathAsync(), RawBot.Ct));
        page.Tab.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.Tab.ClickAsync("#reset");
        await page.SeesToast("as at the start");

        Assert.Equal("chat-17.json", download.SuggestedFilename);
        Assert.Equal("hello", export.GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.Empty(bot.World.Person(17).Chat.Messages);
        await Expect(page.Tab.Locator("#empty")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_conversation_is_recorded_saved_and_played()
    {
        await using var bot = await RunningBot.Start();
        await using var page = await PageUnderTest.Open(await chromium.Open(), bot.Url, 1002);

        await page.OpenTab("Scenario");
        await page.Tab.FillAsync("#recordForm [name=name]", "Boris looks around");
        await page.Tab.ClickAsync("#record");
        await Expect(page.Tab.Locator("#recordingMark")).ToBeVisibleAsync();
        await page.Send("/start");
        await page.Press("Помощь");
        await page.Sees("Этот бот помогает");
        await Expect(page.Tab.Locator("#recorded")).ToContainTextAsync("2");
        await page.Keep("recording-ru");
        var download = await page.Tab.RunAndWaitForDownloadAsync(() => page.Tab.ClickAsync("#stopRecording"));
        var file = await download.PathAsync();
        var scenario = Scenario.Parse(await File.ReadAllTextAsync(file, RawBot.Ct));
        await page.Tab.SetInputFilesAsync("#playFile", file);

        await Expect(page.Tab.Locator("#played")).ToContainTextAsync("✓ Boris looks around");
        Assert.Equal("Boris-looks-around.json", download.SuggestedFilename);
        Assert.Equal(["/start", null], scenario.Steps.Select(s => s.Send));
        Assert.Contains("Этот бот помогает", scenario.Steps[1].Expect?.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Earlier_messages_come_when_one_scrolls_back_and_typing_is_shown()
    {
        await using var bot = await RawBot.Start(WithAnna with { Time = new FakeTime() });
        for (var i = 1; i <= 150; i++)
            bot.World.Person(17).Send($"message {i}");
        await using var page = await PageUnderTest.Open(await chromium.Open("en-GB"), bot.Url, 17);
        await Expect(page.Last).ToBeInViewportAsync();

        await bot.Call("sendChatAction", new { chat_id = 17, action = "typing" });
        await Expect(page.Tab.Locator("#chatState")).ToHaveTextAsync("MarketBot is typing…");
        await Expect(page.Messages).ToHaveCountAsync(100);
        await page.Tab.EvaluateAsync("document.getElementById('messages').scrollTop = 0");

        await Expect(page.Messages).ToHaveCountAsync(150);
    }

    private static object Invoice => new
    {
        chat_id = 17,
        title = "Subscription",
        description = "30 days",
        payload = "sub",
        currency = "XTR",
        prices = new[] { new { label = "30 days", amount = 250 } },
    };

    private static async Task<string> PreCheckout(RawBot bot)
    {
        string? id = null;
        while (id is null)
        {
            foreach (var update in (await bot.Call("getUpdates", new { timeout = 10 })).Result.EnumerateArray())
            {
                if (update.TryGetProperty("pre_checkout_query", out var query))
                    id = query.GetProperty("id").GetString();
                await bot.Call("getUpdates", new { offset = update.GetProperty("update_id").GetInt64() + 1 });
            }
        }

        return id;
    }
}
