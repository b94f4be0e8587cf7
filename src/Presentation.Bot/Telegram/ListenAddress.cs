using System.Net;
using System.Text.RegularExpressions;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>The address on which a server of this process listens: <c>http://address:port</c> with an address of this machine, and nothing behind it.</summary>
/// <param name="Address">The address; null: both loopback addresses.</param>
/// <param name="Port">The port; 0: a free one.</param>
internal sealed partial record ListenAddress(IPAddress? Address, int Port)
{
    /// <summary>The message for an operator who configured anything else.</summary>
    public const string Rule = "must be http://, an IP address of this machine or localhost, a port and nothing else, such as http://127.0.0.1:8080.";

    /// <summary>
    /// Reads an address. Kestrel's own reading takes every host it does not know, and what it cannot take apart, for all addresses of the machine
    /// (Microsoft.AspNetCore.Http.BindingAddress): so a typing error would open a port to everybody.
    /// </summary>
    /// <returns>Null for what is no such address.</returns>
    public static ListenAddress? Parse(string? text)
    {
        if (Form().Match(text?.Trim() ?? "") is not { Success: true } form)
            return null;

        var port = 80;
        if (form.Groups["port"] is { Success: true, Value: var digits }
            && (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > IPEndPoint.MaxPort))
            return null;

        var host = form.Groups["host"].Value;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return new ListenAddress(null, port);
        return IPAddress.TryParse(host, out var address) && IsWhole(host, address) ? new ListenAddress(address, port) : null;
    }

    /// <summary>The address as messages show it.</summary>
    public override string ToString() => Address is null ? $"http://localhost:{Port}" : $"http://{new IPEndPoint(Address, Port)}";

    /// <summary>"127.1" and "2130706433" are addresses to the parser, and mistakes of an operator.</summary>
    private static bool IsWhole(string host, IPAddress address) => host.Contains(':', StringComparison.Ordinal) || address.ToString() == host;

    [GeneratedRegex(@"^http://(?<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.]+)(:(?<port>[0-9]{1,5}))?/?$")]
    private static partial Regex Form();
}
