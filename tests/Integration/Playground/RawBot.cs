using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

/// <summary>A playground and a bot made of nothing but HttpClient.</summary>
internal sealed class RawBot : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = Patience.Limit };
    private readonly PlaygroundServer _server;

    private RawBot(PlaygroundServer server) => _server = server;

    public TelegramWorld World => _server.World;

    public Uri Url => _server.Url;

    public HttpClient Http => _http;

    public string Base => $"{_server.Url}bot{_server.Token}/";

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<RawBot> Start(PlaygroundOptions? options = null) => new(await PlaygroundServer.Start(options ?? new PlaygroundOptions(), Ct));

    public Person Somebody(long id = 700_000_017)
    {
        var person = World.AddPerson(id, "Anna", username: "anna");
        person.Send("/start");
        return person;
    }

    public async Task<Reply> Call(string method, object? parameters = null)
    {
        using var response = await _http.PostAsJsonAsync(Base + method, parameters ?? new { }, Ct);
        return await Reply.Read(response);
    }

    public async Task<Reply> Post(string method, HttpContent content)
    {
        using var response = await _http.PostAsync(Base + method, content, Ct);
        return await Reply.Read(response);
    }

    public async Task<Reply> Get(string methodAndQuery)
    {
        using var response = await _http.GetAsync(Base + methodAndQuery, Ct);
        return await Reply.Read(response);
    }

    public Task<Reply> Send(Person to, string text, object? keyboard = null, string? parseMode = null) =>
        Call("sendMessage", new { chat_id = to.Id, text, parse_mode = parseMode ?? "", reply_markup = keyboard ?? new { } });

    public Task<Reply> Edit(Message message, string text, object? keyboard = null) =>
        Call("editMessageText", new { chat_id = message.Chat.Id, message_id = message.Id, text, reply_markup = keyboard ?? new { } });

    public static object Keyboard(params (string Text, string Data)[] buttons) =>
        new { inline_keyboard = new[] { buttons.Select(b => new { text = b.Text, callback_data = b.Data }) } };

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }
}

internal sealed record Reply(HttpStatusCode Status, JsonElement Json)
{
    public bool Ok => Json.GetProperty("ok").GetBoolean();

    public JsonElement Result => Json.GetProperty("result");

    public string Error => $"{Json.GetProperty("error_code").GetInt32()} {Json.GetProperty("description").GetString()}";

    public static async Task<Reply> Read(HttpResponseMessage response)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsByteArrayAsync(RawBot.Ct));
        if (json.TryGetProperty("error_code", out var code))
            Assert.Equal(code.GetInt32(), (int)response.StatusCode);
        return new Reply(response.StatusCode, json);
    }
}
