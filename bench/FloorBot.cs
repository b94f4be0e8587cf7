using System.Net.Http.Json;
using System.Text.Json;

namespace MarketBot.Bench;

/// <summary>
/// The floor: polls and makes the same two Bot API calls per update side by side, with one pooled <see cref="HttpClient"/>
/// and neither logic nor database. No bot can do better.
/// </summary>
internal static class FloorBot
{
    private const int MostAtOnce = 64;

    public static async Task Run(string server, string token)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"{server.TrimEnd('/')}/bot{token}/"), Timeout = TimeSpan.FromMinutes(2) };
        using var places = new SemaphoreSlim(MostAtOnce);
        var menu = JsonSerializer.SerializeToElement(Screens.MenuKeyboard);
        var list = JsonSerializer.SerializeToElement(Screens.ListKeyboard);
        var offset = 0L;
        while (true)
        {
            using var answer = await http.PostAsJsonAsync("getUpdates", new { offset, limit = 100, timeout = 30 });
            using var updates = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
            foreach (var update in updates.RootElement.GetProperty("result").EnumerateArray())
            {
                offset = update.GetProperty("update_id").GetInt64() + 1;
                await places.WaitAsync();
                _ = Answer(update.Clone());
            }
        }

        async Task Answer(JsonElement update)
        {
            try
            {
                if (update.TryGetProperty("message", out var message))
                {
                    var chat = message.GetProperty("chat").GetProperty("id").GetInt64();
                    await Post("sendMessage", new { chat_id = chat, text = Screens.MenuText, parse_mode = "HTML", reply_markup = menu });
                    return;
                }

                var query = update.GetProperty("callback_query");
                var on = query.GetProperty("message");
                var (text, keyboard) = query.GetProperty("data").GetString() == Screens.Shops ? (Screens.ListText, list) : (Screens.MenuText, menu);
                await Task.WhenAll(
                    Post("answerCallbackQuery", new { callback_query_id = query.GetProperty("id").GetString() }),
                    Post("editMessageText", new
                    {
                        chat_id = on.GetProperty("chat").GetProperty("id").GetInt64(),
                        message_id = on.GetProperty("message_id").GetInt32(),
                        text,
                        parse_mode = "HTML",
                        reply_markup = keyboard,
                        link_preview_options = new { is_disabled = true },
                    }));
            }
            finally
            {
                places.Release();
            }
        }

        async Task Post<T>(string method, T body)
        {
            using var response = await http.PostAsJsonAsync(method, body);
            using var read = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        }
    }
}
