using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Playground;

/// <summary>The control API (docs/playground.md) with types: for tests of any bot that runs against a playground in another process.</summary>
internal sealed class PlaygroundClient(Uri playground) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(playground, "playground/api/"), Timeout = Patience.Limit + Patience.Limit };

    /// <summary>Until a process that was just started listens.</summary>
    public async Task WhenUp()
    {
        using var patience = new CancellationTokenSource(Patience.Limit);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                await _http.GetStringAsync("state", RawBot.Ct);
                return;
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                await tick.WaitForNextTickAsync(RawBot.Ct);
            }
        }
    }

    public Task AddPerson(long id, string firstName, string languageCode = "ru", string? username = null) =>
        Post<JsonElement>("people", new { id, firstName, languageCode, username = username ?? "" });

    public async Task<int> Send(long chat, string text) => (await Post<JsonElement>($"chats/{chat}/send", new { text })).GetProperty("message").GetInt32();

    /// <summary>By label, or by the data of a button that is there.</summary>
    public Task Press(long chat, string button) => Post<JsonElement>($"chats/{chat}/press", new { button });

    /// <summary>Data that no button needs to have.</summary>
    public Task PressData(long chat, string data) => Post<JsonElement>($"chats/{chat}/press", new { data });

    public Task<PaidInvoice> Pay(long chat) => Post<PaidInvoice>($"chats/{chat}/pay", new { });

    public Task Block(long chat) => Post<JsonElement>($"chats/{chat}/block", new { });

    public Task Unblock(long chat) => Post<JsonElement>($"chats/{chat}/unblock", new { });

    /// <summary>Until the bot has nothing left to do.</summary>
    /// <exception cref="TimeoutException">It did not settle; the message has the transcript.</exception>
    public Task Settle(TimeSpan? quiet = null, double timeoutSeconds = 120) =>
        Post<JsonElement>("settle", new { quietMs = (long)(quiet ?? TimeSpan.Zero).TotalMilliseconds, timeoutSeconds });

    /// <summary>Until the chat shows a message of the bot with this text and this button.</summary>
    /// <exception cref="TimeoutException">It never did; the message has the transcript.</exception>
    public async Task<SeenMessage> WaitFor(long chat, string text = "", string button = "", double timeoutSeconds = 120) =>
        (await Post<JsonElement>($"chats/{chat}/wait", new { text, button, timeoutSeconds })).GetProperty("message").Deserialize<SeenMessage>(Json)!;

    public Task WaitUntilGone(long chat, int message) => Post<JsonElement>($"chats/{chat}/wait", new { gone = message });

    public Task<string> Transcript(long chat) => _http.GetStringAsync($"chats/{chat}/transcript", RawBot.Ct);

    public async Task<IReadOnlyList<SeenMessage>> Messages(long chat) =>
        (await _http.GetFromJsonAsync<JsonElement>($"chats/{chat}", RawBot.Ct)).GetProperty("messages").Deserialize<SeenMessage[]>(Json)!;

    public Task<SeenCall[]?> Calls(string method = "") => _http.GetFromJsonAsync<SeenCall[]>($"calls?method={method}", Json, RawBot.Ct);

    public Task<SeenCall[]?> Violations() => _http.GetFromJsonAsync<SeenCall[]>("violations", Json, RawBot.Ct);

    public Task<FaultSpec[]> Plan(FaultSpec fault) => Post<FaultSpec[]>("faults", fault);

    public Task<FaultSpec[]?> Faults() => _http.GetFromJsonAsync<FaultSpec[]>("faults", Json, RawBot.Ct);

    public async Task ClearFaults()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "faults") { Content = JsonContent.Create(new { }) };
        using var response = await _http.SendAsync(request, RawBot.Ct);
        response.EnsureSuccessStatusCode();
    }

    public Task Reset() => Post<JsonElement>("reset", new { });

    public Task StartRecording(string name) => Post<JsonElement>("recording/start", new { name });

    public async Task<Scenario> StopRecording() => Scenario.Parse((await Post<JsonElement>("recording/stop", new { })).GetRawText());

    public Task Play(Scenario scenario) => Post<JsonElement>("scenario", JsonSerializer.Deserialize<JsonElement>(scenario.ToJson()));

    public void Dispose() => _http.Dispose();

    private async Task<T> Post<T>(string path, object body)
    {
        using var response = await _http.PostAsJsonAsync(path, body, Json, RawBot.Ct);
        if (response.IsSuccessStatusCode)
            return (await response.Content.ReadFromJsonAsync<T>(Json, RawBot.Ct))!;
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(RawBot.Ct)).GetProperty("error").GetString();
        throw response.StatusCode == HttpStatusCode.RequestTimeout ? new TimeoutException(error) : new InvalidOperationException(error);
    }
}

internal sealed record PaidInvoice(string Outcome, string Error, string? Charge);

internal sealed record SeenCall(
    long Number, string Method, long? Chat, bool Ok, int? Code, string? Description, string? Fault, bool Violation, JsonElement Parameters);

internal sealed record SeenMessage(int Id, bool Bot, string Text, string Html, SeenButton[][] Keyboard);

internal sealed record SeenButton(string Text, string? Data);
