using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

public class WebhookOrderTests
{
    [Fact]
    public async Task The_next_update_of_a_chat_waits_for_the_one_before_and_other_chats_and_kinds_do_not()
    {
        await using var bot = await RawBot.Start();
        await using var hook = await Hook.Set(bot);
        var (anna, boris) = (bot.World.AddPerson(17, "Anna"), bot.World.AddPerson(18, "Boris"));

        anna.Send("first");
        var first = await hook.Next();
        anna.Send("second");
        anna.PressInaccessible(1, "press");
        boris.Send("from Boris");
        var others = new[] { await hook.Next(), await hook.Next() };
        first.Answer(200);
        var second = await hook.Next();

        Assert.Equal("first", first.Text);
        Assert.Equal(["from Boris", "press"], others.Select(o => o.Text).Order());
        Assert.Equal("second", second.Text);
    }

    [Fact]
    public async Task No_more_than_max_connections_are_open()
    {
        await using var bot = await RawBot.Start();
        await using var hook = await Hook.Set(bot, new { max_connections = 2 });
        foreach (var id in new[] { 17L, 18, 19 })
            bot.World.AddPerson(id, "Somebody").Send($"from {id}");

        var (first, second) = (await hook.Next(), await hook.Next());
        var hasThird = hook.HasNext;
        first.Answer(200);
        var third = await hook.Next();

        Assert.False(hasThird);
        Assert.Equal(["from 17", "from 18", "from 19"], new[] { first, second, third }.Select(d => d.Text).Order());
    }

    [Fact]
    public async Task Repetitions_come_at_once_then_after_2_and_4_seconds()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        await using var hook = await Hook.Set(bot);
        bot.World.AddPerson(17, "Anna").Send("again and again");

        (await hook.Next()).Answer(500);
        (await hook.Next()).Answer(500);
        await time.Waits(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(2));
        (await hook.Next()).Answer(500);
        await time.Waits(TimeSpan.FromSeconds(4));
        time.Advance(TimeSpan.FromSeconds(4));
        (await hook.Next()).Answer(200);
        await bot.World.Until(() => bot.World.PendingUpdates == 0, RawBot.Ct);

        Assert.Contains("500", bot.World.Webhook.LastErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_After_in_the_answer_is_obeyed_up_to_an_hour()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        await using var hook = await Hook.Set(bot);
        bot.World.AddPerson(17, "Anna").Send("later");

        (await hook.Next()).Answer(503, retryAfter: "120");
        await time.Waits(TimeSpan.FromSeconds(120));
        time.Advance(TimeSpan.FromSeconds(120));
        (await hook.Next()).Answer(503, retryAfter: "90000");
        await time.Waits(TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("later", (await hook.Next()).Text);
    }

    [Fact]
    public async Task A_webhook_that_is_gone_for_23_hours_is_removed()
    {
        var time = new FakeTime();
        await using var bot = await RawBot.Start(new PlaygroundOptions { Time = time });
        await using var hook = await Hook.Set(bot);
        bot.World.AddPerson(17, "Anna").Send("anybody there?");

        (await hook.Next()).Answer(410);
        (await hook.Next()).Answer(410);
        await time.Waits(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromHours(23));
        (await hook.Next()).Answer(410);
        await bot.World.Until(() => bot.World.Webhook.Url.Length == 0, RawBot.Ct);

        Assert.Equal(1, (await bot.Call("getUpdates")).Result.GetArrayLength());
    }

    [Fact]
    public async Task A_webhook_set_later_gets_what_waits_already()
    {
        await using var bot = await RawBot.Start();
        bot.World.AddPerson(17, "Anna").Send("early");
        await using var hook = await Hook.Set(bot);

        var delivery = await hook.Next();

        Assert.Equal("early", delivery.Text);
    }

    /// <summary>A webhook whose answers the test gives.</summary>
    private sealed class Hook : IAsyncDisposable
    {
        private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();
        private readonly HttpListener _listener = new();
        private Task _work = Task.CompletedTask;

        public bool HasNext => _deliveries.Reader.TryPeek(out _);

        public static async Task<Hook> Set(RawBot bot, object? settings = null)
        {
            var hook = new Hook();
            var url = $"http://127.0.0.1:{Ports.Free()}/";
            hook._listener.Prefixes.Add(url);
            hook._listener.Start();
            hook._work = hook.Listen();
            var parameters = JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject();
            parameters["url"] = url;
            Assert.True((await bot.Call("setWebhook", parameters)).Ok);
            return hook;
        }

        public Task<Delivery> Next() => _deliveries.Reader.ReadAsync(RawBot.Ct).AsTask().WaitAsync(Patience.Limit, RawBot.Ct);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _work;
            _listener.Close();
        }

        private async Task Listen()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    _deliveries.Writer.TryWrite(new Delivery(context, await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.InputStream)));
                }
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }

    private sealed record Delivery(HttpListenerContext Context, JsonElement Update)
    {
        public string? Text => Update.TryGetProperty("message", out var message)
            ? message.GetProperty("text").GetString()
            : Update.GetProperty("callback_query").GetProperty("data").GetString();

        public void Answer(int status, string? retryAfter = null)
        {
            Context.Response.StatusCode = status;
            if (retryAfter is not null)
                Context.Response.Headers["Retry-After"] = retryAfter;
            Context.Response.Close();
        }
    }
}
