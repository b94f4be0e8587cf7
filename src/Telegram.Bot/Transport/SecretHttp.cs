using System.Net;
using System.Net.Sockets;

namespace Telegram.Bot.Transport;

/// <summary>The built-in HTTP client: what it tells traces and network events has no token in it.</summary>
internal static class SecretHttp
{
    /// <summary>To one address. Long enough for a packet to be lost twice (RFC 6298: after 1 and 3 s).</summary>
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

    /// <summary>Tries one address after the other. What has no connection in time fails as one that was refused: nothing has left.</summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct).ConfigureAwait(false);
        SocketException? failed = null;
        foreach (var address in addresses)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(LongestConnecting);
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), limit.Token).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception notThere) when (notThere is SocketException || (notThere is OperationCanceledException && !ct.IsCancellationRequested))
            {
                socket?.Dispose();
                failed = notThere as SocketException ?? new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket?.Dispose();
                throw;
            }
        }

        throw failed ?? new SocketException((int)SocketError.HostNotFound);
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
