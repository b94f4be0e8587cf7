using Microsoft.AspNetCore.Http;

namespace MarketBot.Playground;

/// <summary>The chat page: its files, and who may use it and the control API.</summary>
internal sealed class ChatPage
{
    private const string FilePath = "/playground/";

    private static readonly Dictionary<string, (string Type, byte[] Content)> Files = ReadFiles();

    private readonly ControlApi _api;
    private HashSet<string> _hosts = [];

    public ChatPage(TelegramWorld world, IReadOnlyList<string> methods) => _api = new ControlApi(world, methods);

    /// <summary>From now on the page answers under this address, until the server stops.</summary>
    public void Open(Uri url, CancellationToken stopping)
    {
        _api.Open(url, stopping);
        _hosts = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{url.Port}"),
            string.Create(CultureInfo.InvariantCulture, $"localhost:{url.Port}"),
            string.Create(CultureInfo.InvariantCulture, $"[::1]:{url.Port}"),
        };
    }

    public async Task Handle(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        if (!IsFromThisMachinesPage(request))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var path = request.Path.Value ?? "/";
        if (path.StartsWith(ControlApi.Path, StringComparison.Ordinal))
        {
            await _api.Handle(context, path[ControlApi.Path.Length..].Split('/'));
        }
        else if (Files.TryGetValue(path, out var file))
        {
            response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'";
            response.ContentType = file.Type;
            response.ContentLength = file.Content.Length;
            await response.Body.WriteAsync(file.Content, context.RequestAborted);
        }
        else
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    // Against DNS rebinding the host must be this machine; against requests forged by other sites the origin must be this page, or nothing (a program).
    private bool IsFromThisMachinesPage(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Value ?? ""))
            return false;
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && !(site == "none" && HttpMethods.IsGet(request.Method)))
            return HttpMethods.IsGet(request.Method) && request.Path == "/";
        return request.Headers.Origin is not { Count: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme == Uri.UriSchemeHttp && _hosts.Contains(from.Authority));
    }

    private static Dictionary<string, (string Type, byte[] Content)> ReadFiles()
    {
        const string prefix = "page/";
        var assembly = typeof(ChatPage).Assembly;
        var files = new Dictionary<string, (string, byte[])>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var type = Path.GetExtension(name) switch
            {
                ".html" => "text/html; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".css" => "text/css; charset=utf-8",
                _ => "image/svg+xml",
            };
            files[FilePath + name[prefix.Length..]] = (type, content);
        }

        files["/"] = files[FilePath + "index.html"];
        files["/favicon.ico"] = files[FilePath + "icon.svg"];
        return files;
    }
}
