using System.Net;
using System.Net.Sockets;
using System.Text;
using MarketBot.Presentation.Bot.Telegram;
using Telegram.Bot;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

internal static class Bot
{
    public const string Secret = "AAF-secret_Part0fTheTokenThatMustNotShow";
    public const string Token = "123456:" + Secret;

    public static TelegramBotClient Over(HttpMessageHandler transport) => BotClient.Over(transport, Token, "https://api.telegram.org");

    public static TelegramBotClient At(LoopbackServer server, string token = Token, string path = "") => BotClient.Create(token, server.Url + path);
}

/// <summary>Answers in turn with what it was given, the last one again and again, and keeps what it was asked.</summary>
internal sealed class ScriptedHandler(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<(string Url, string? ContentType, string? Body)> Asked { get; } = [];

    public static ScriptedHandler Json(string json, HttpStatusCode status = HttpStatusCode.OK) => new(Answer(json, status));

    public static ScriptedHandler Failing(Exception failure) => new(_ => throw failure);

    public static Func<HttpRequestMessage, HttpResponseMessage> Answer(string text, HttpStatusCode status = HttpStatusCode.OK) =>
        _ => new HttpResponseMessage(status) { Content = new StringContent(text) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Add((request.RequestUri!.AbsoluteUri, request.Content?.Headers.ContentType?.ToString(), body));
        return answers[Math.Min(Asked.Count, answers.Length) - 1](request);
    }
}

/// <summary>Never answers.</summary>
internal sealed class SilentHandler : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("unreachable");
    }
}

/// <summary>A server on a free port of this machine that writes back raw bytes; an answer that ends in <see cref="Cut"/> ends the connection too.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    public const string Cut = "\0";

    // Nobody listens on port 1; a port that was just freed could go to a test running beside this one.
    public const string DeadUrl = "http://127.0.0.1:1";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<string> _answers;
    private readonly Task _serving;

    private LoopbackServer(string[] answers)
    {
        _answers = new Queue<string>(answers);
        _listener.Start();
        _serving = Serve();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public List<string> Asked { get; } = [];

    public int Connections { get; private set; }

    public static LoopbackServer Answering(params string[] answers) => new(answers);

    public static string Ok(string body) => Http("200 OK", "application/json", body);

    public static string Http(string status, string type, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await Talk(connection.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        try
        {
            while (await ReadRequest(stream) is { } request)
            {
                Asked.Add(request);
                var answer = _answers.TryDequeue(out var next) ? next : Cut;
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.TrimEnd(Cut[0])), _stop.Token);
                if (answer.EndsWith(Cut, StringComparison.Ordinal))
                    return;
            }
        }
        catch (IOException)
        {
        }
    }

    private async Task<string?> ReadRequest(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
                return null;

            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var soFar = text.ToString();
            var headEnd = soFar.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (headEnd >= 0 && IsWhole(soFar[..headEnd], soFar[(headEnd + 4)..]))
                return soFar;
        }
    }

    private static bool IsWhole(string head, string body) =>
        head.Split("\r\n").FirstOrDefault(h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } header
            ? body.Length >= int.Parse(header.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
            : !head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase) || body.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
}
