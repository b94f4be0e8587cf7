using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Playground;

public class CallbackTests
{
    [Fact]
    public async Task A_press_reaches_the_bot_and_the_answer_the_person()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        await bot.Send(anna, "menu", RawBot.Keyboard(("Go", "go:1")));

        var press = anna.Press("Go");
        var query = (await bot.Call("getUpdates")).Result[1].GetProperty("callback_query");
        await bot.Call("answerCallbackQuery", new { callback_query_id = query.GetProperty("id").GetString(), text = "Gone", show_alert = true });
        var answer = await press.Answered.WaitAsync(RawBot.Ct);

        Assert.Equal("go:1", query.GetProperty("data").GetString());
        Assert.Equal("menu", query.GetProperty("message").GetProperty("text").GetString());
        Assert.Equal(("Gone", true), (answer.Text, answer.ShowAlert));
    }

    [Fact]
    public async Task A_button_that_is_not_there_cannot_be_pressed_but_its_data_can_be_forged()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();
        await bot.Send(anna, "menu", RawBot.Keyboard(("Go", "go:1")));

        var error = Assert.Throws<InvalidOperationException>(() => anna.Press("Stop"));
        anna.PressData(anna.Chat.Last, "shop:999");
        var query = (await bot.Call("getUpdates")).Result[1].GetProperty("callback_query");

        Assert.Contains("[Go]", error.Message, StringComparison.Ordinal);
        Assert.Equal("shop:999", query.GetProperty("data").GetString());
    }

    [Fact]
    public async Task An_inaccessible_message_comes_with_date_zero()
    {
        await using var bot = await RawBot.Start();
        var anna = bot.Somebody();

        anna.PressInaccessible(3, "old");
        var message = (await bot.Call("getUpdates")).Result[1].GetProperty("callback_query").GetProperty("message");

        Assert.Equal(0, message.GetProperty("date").GetInt32());
        Assert.Equal(3, message.GetProperty("message_id").GetInt32());
        Assert.False(message.TryGetProperty("text", out _));
    }

    [Fact]
    public async Task A_query_can_be_answered_for_150_seconds()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        var anna = bot.Somebody();
        var press = anna.PressInaccessible(3, "old");

        time.Advance(TimeSpan.FromSeconds(150));
        var inTime = await bot.Call("answerCallbackQuery", new { callback_query_id = press.QueryId });
        time.Advance(TimeSpan.FromSeconds(1));
        var late = await bot.Call("answerCallbackQuery", new { callback_query_id = press.QueryId });
        var unknown = await bot.Call("answerCallbackQuery", new { callback_query_id = "12" });

        Assert.True(inTime.Ok);
        Assert.Equal("400 Bad Request: query is too old and response timeout expired or query ID is invalid", late.Error);
        Assert.Equal(late.Error, unknown.Error);
        Assert.Empty(bot.World.Violations);
    }

    [Fact]
    public async Task An_answer_has_at_most_200_characters_and_opens_only_the_bot()
    {
        await using var bot = await RawBot.Start();
        var press = bot.Somebody().PressInaccessible(3, "old");

        var fits = await bot.Call("answerCallbackQuery", new { callback_query_id = press.QueryId, text = new string('x', 200) });
        var tooLong = await bot.Call("answerCallbackQuery", new { callback_query_id = press.QueryId, text = new string('x', 201) });
        var url = await bot.Call("answerCallbackQuery", new { callback_query_id = press.QueryId, url = "https://example.com" });

        Assert.True(fits.Ok);
        Assert.Equal("400 Bad Request: MESSAGE_TOO_LONG", tooLong.Error);
        Assert.Equal("400 Bad Request: URL_INVALID", url.Error);
    }
}
