using System.Net;
using System.Net.Sockets;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>Ports for processes that must be told theirs.</summary>
internal static class Ports
{
    /// <summary>Below the range from which the kernel takes the ports of outgoing connections, one of which could be faster.</summary>
    private const int First = 20_000;
    private const int End = 32_000;

    private static int _last = Random.Shared.Next(First, End);

    /// <summary>A port that nobody listens on.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _last) % (End - First));
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody does.
            }
        }
    }
}
