using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

/// <summary>
/// Another bot, written with nothing of ours: HttpClient and HttpListener, the way somebody does it with Telegram's reference at hand. It repeats what it is
/// told under a button, counts presses, and sells one thing.
/// </summary>
internal sealed class EchoBot : IAsyncDisposable
{
    private static readonly string[] Kinds = ["message", "callback_query", "pre_checkout_query"];

    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _api;
    private Task _work = Task.CompletedTask;
    private int _presses;

    private EchoBot(string api) => _api = api;

    public static EchoBot ByPolling(Uri playground, string token)
    {
        var bot = new EchoBot($"{playground}bot{token}/");
        bot._work = bot.Poll();
        return bot;
    }

    public static async Task<EchoBot> ByWebhook(Uri playground, string token, bool answersWithMethod)
    {
        var bot = new EchoBot($"{playground}bot{token}/");
        var listener = new HttpListener();
        var port = Ports.Free();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        await bot.Call("setWebhook", new { url = $"http://127.0.0.1:{port}/telegram", secret_token = "only-telegram-knows", allowed_updates = Kinds });
        bot._work = bot.Listen(listener, answersWithMethod);
        return bot;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task Poll()
    {
        var offset = 0L;
        try
        {
            while (true)
            {
                var answer = await Call("getUpdates", new { offset, timeout = 30, allowed_updates = Kinds });
                foreach (var update in answer["result"]!.AsArray())
                {
                    var (method, parameters) = Answer(update!);
                    await Call(method, parameters);
                    offset = update!["update_id"]!.GetValue<long>() + 1;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task Listen(HttpListener listener, bool answersWithMethod)
    {
        using var _ = listener;
        await using var end = _stop.Token.Register(listener.Stop);
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                if (context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"] != "only-telegram-knows")
                {
                    context.Response.StatusCode = 401;
                    context.Response.Close();
                    continue;
                }

                var update = (await JsonNode.ParseAsync(context.Request.InputStream, cancellationToken: _stop.Token))!;
                var (method, parameters) = Answer(update);
                if (answersWithMethod)
                {
                    var body = JsonSerializer.SerializeToNode(parameters)!.AsObject();
                    body["method"] = method;
                    context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body.ToJsonString()));
                }
                else
                {
                    await Call(method, parameters);
                }

                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException or OperationCanceledException)
        {
            // Stopped.
        }
    }

    private (string Method, object Parameters) Answer(JsonNode update)
    {
        if (update["callback_query"] is { } query)
            return ("answerCallbackQuery", new { callback_query_id = query["id"]!.GetValue<string>(), text = $"{++_presses} so far" });
        if (update["pre_checkout_query"] is { } checkout)
            return ("answerPreCheckoutQuery", new { pre_checkout_query_id = checkout["id"]!.GetValue<string>(), ok = true });

        var chat = update["message"]!["chat"]!["id"]!.GetValue<long>();
        if (update["message"]!["successful_payment"] is { } paid)
            return ("sendMessage", new { chat_id = chat, text = $"Thank you for {paid["total_amount"]} ⭐" });
        var text = update["message"]!["text"]!.GetValue<string>();
        var prices = new[] { new { label = "Echo", amount = 7 } };
        var again = new { inline_keyboard = new[] { new[] { new { text = "Again", callback_data = "again" } } } };
        return text == "/buy"
            ? ("sendInvoice", new { chat_id = chat, title = "An echo", description = "A very good one", payload = "echo", currency = "XTR", prices })
            : ("sendMessage", new { chat_id = chat, text = "You said: " + text, reply_markup = again });
    }

    private async Task<JsonNode> Call(string method, object parameters)
    {
        using var response = await _http.PostAsJsonAsync(_api + method, parameters, _stop.Token);
        return (await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(_stop.Token), cancellationToken: _stop.Token))!;
    }
}
