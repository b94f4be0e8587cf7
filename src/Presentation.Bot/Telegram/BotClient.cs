using System.Net;
using System.Net.Sockets;
using Telegram.Bot;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Makes the client of the Bot API. The client itself never learns the token: it calls addresses in which the token is masked, and <see cref="TokenHandler"/>
/// puts the real one in below everything that logs, traces or throws.
/// </summary>
internal static class BotClient
{
    /// <summary>The time-out of a connection to one address, long enough for a packet to be lost twice (RFC 6298: after 1 and 3 s).</summary>
    private static readonly TimeSpan LongestConnecting = TimeSpan.FromSeconds(5);

    /// <summary>Makes a client that sends each request once: whoever calls knows better when to try again.</summary>
    /// <param name="token">The token from @BotFather.</param>
    /// <param name="server">The Bot API server; a path is kept.</param>
    public static TelegramBotClient Create(string token, string server) => Over(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(3),
        // Without a propagator the handler starts no activity and writes no diagnostic event; both would hold the whole URL.
        ActivityHeadersPropagator = null,
        // A redirect would carry the token to another place.
        AllowAutoRedirect = false,
        UseCookies = false,
        // A proxy of the environment (http_proxy) is for the world outside, not for a server on this machine.
        UseProxy = !new Uri(server).IsLoopback,
        ConnectCallback = Connect,
    }, token, server);

    /// <summary>The same over other transport, for tests.</summary>
    internal static TelegramBotClient Over(HttpMessageHandler transport, string token, string server)
    {
        var address = new BotAddress(token, server);
        return new TelegramBotClient(
            new TelegramBotClientOptions(address.MaskedToken, server) { RetryCount = 1, RetryThreshold = 0 },
            new HttpClient(new TokenHandler(address, transport)));
    }

    /// <summary>Tries one address after the other. What has no connection in time fails as one that was refused: nothing has left.</summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        SocketException? failed = null;
        foreach (var address in addresses)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(LongestConnecting);
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), limit.Token);
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
