using System.Net.Sockets;

namespace Telegram.Bot.Transport;

/// <summary>The built-in HTTP client: what it tells traces and network events has no token in it.</summary>
internal static class SecretHttp
{
    /// <summary>Long enough for a packet to be lost twice (RFC 6298: after 1 and 3 s).</summary>
    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(5);

    public static HttpClient CreateClient() =>
        new(new UnmaskingHandler(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(3),
            // Without a propagator the handler starts no activity and writes no diagnostic event; both would hold the whole URL.
            ActivityHeadersPropagator = null,
            // A redirect would carry the token to another place.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = Connect,
        }));

    /// <summary>What has no connection in time fails as one that was refused: nothing has left.</summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(LongestConnecting);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, limit.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception failed)
        {
            socket.Dispose();
            if (failed is OperationCanceledException && !ct.IsCancellationRequested)
                throw new SocketException((int)SocketError.TimedOut);
            throw;
        }
    }
}

/// <summary>A request that carries its real URL beside the one that HttpClient, with its telemetry, gets to see.</summary>
internal sealed class BotRequestMessage : HttpRequestMessage
{
    public BotRequestMessage(HttpMethod method, BotUri uri, bool masked)
        : base(method, masked ? uri.Masked : uri) => Uri = uri;

    public BotUri Uri { get; }

    // The base class prints the URL past BotUri.ToString, for one into the network stack's internal events.
    public override string ToString() => $"Method: {Method}, RequestUri: '{Uri}', Version: {Version}";
}

/// <summary>Puts the real URL in for the time of the exchange.</summary>
internal sealed class UnmaskingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = ((BotRequestMessage)request).Uri;
        request.RequestUri = uri;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            request.RequestUri = uri.Masked;
        }
    }
}
