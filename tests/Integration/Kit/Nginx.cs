using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>The nginx of docs/nginx.conf, on ports of the test's own and without TLS.</summary>
public sealed partial class Nginx : IAsyncDisposable
{
    private static readonly string[] Programs = ["/usr/sbin/nginx", "/usr/bin/nginx"];
    private readonly string _folder;
    private readonly Process _process;

    private Nginx(string folder, Process process, Uri url) => (_folder, _process, Url) = (folder, process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Starts it before instances at these ports; where there is none, the test is skipped with the reason, in CI it fails.</summary>
    public static async Task<Nginx> Start(IReadOnlyList<int> ports, CancellationToken ct)
    {
        var program = Programs.FirstOrDefault(File.Exists);
        Assert.SkipUnless(program is not null || Environment.GetEnvironmentVariable("CI") == "true", "nginx is not installed.");
        var folder = Directory.CreateTempSubdirectory("marketbot-nginx-").FullName;
        var port = Ports.Free();
        var next = 0;
        var configuration = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "nginx.conf"), ct);
        configuration = TlsLine().Replace(configuration, "")
            .Replace("listen 443 ssl;", $"listen 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)};", StringComparison.Ordinal);
        configuration = InstancePort().Replace(configuration, _ => $"127.0.0.1:{ports[next++].ToString(CultureInfo.InvariantCulture)}");
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, $"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n{configuration}", ct);
        var start = new ProcessStartInfo(program!, ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", file]) { RedirectStandardError = true };
        var nginx = new Nginx(folder, Process.Start(start)!, new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
        using var http = new HttpClient();
        await TestBot.Until(() => Answers(http, nginx.Url), ct);
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> Answers(HttpClient http, Uri url)
    {
        try
        {
            using var answer = await http.GetAsync(url);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\s*ssl_certificate.*$", RegexOptions.Multiline)]
    private static partial Regex TlsLine();

    [GeneratedRegex(@"127\.0\.0\.1:808\d")]
    private static partial Regex InstancePort();
}
