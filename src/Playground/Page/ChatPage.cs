using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MarketBot.Playground;

/// <summary>The chat page: its files, what it reads, what its buttons do, and the stream that keeps it live.</summary>
internal sealed class ChatPage
{
    private const string ApiPath = "/playground/api/";

    private static readonly Dictionary<string, (string Type, byte[] Content)> Files = new()
    {
        ["/"] = ("text/html; charset=utf-8", Asset("index.html")),
        ["/playground/app.js"] = ("text/javascript; charset=utf-8", Asset("app.js")),
        ["/playground/style.css"] = ("text/css; charset=utf-8", Asset("style.css")),
        ["/favicon.ico"] = ("image/svg+xml", Asset("icon.svg")),
    };

    private readonly TelegramWorld _world;
    private readonly PageModel _model;
    private HashSet<string> _hosts = [];
    private CancellationToken _stopping;

    public ChatPage(TelegramWorld world)
    {
        _world = world;
        _model = new PageModel(world);
    }

    /// <summary>From now on the page answers under this address, until the server stops.</summary>
    public void Open(Uri url, CancellationToken stopping)
    {
        _stopping = stopping;
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
        if (Files.TryGetValue(path, out var file))
        {
            response.Headers.ContentSecurityPolicy =
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            response.ContentType = file.Type;
            response.ContentLength = file.Content.Length;
            await response.Body.WriteAsync(file.Content, context.RequestAborted);
        }
        else if (path.StartsWith(ApiPath, StringComparison.Ordinal))
        {
            await HandleApi(context, path[ApiPath.Length..].Split('/'));
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

    private async Task HandleApi(HttpContext context, string[] path)
    {
        try
        {
            if (HttpMethods.IsGet(context.Request.Method))
                await Get(context, path);
            else if (HttpMethods.IsPost(context.Request.Method))
                await Post(context, path);
            else
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException or JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await Write(context, new { error = error.Message });
        }
    }

    private Task Get(HttpContext context, string[] path) => path switch
    {
        ["state"] => Write(context, _model.State()),
        ["chats", var id] => Write(context, _model.Chat(ChatOf(id))),
        ["events"] => Stream(context),
        _ => NotFound(context),
    };

    private async Task Post(HttpContext context, string[] path)
    {
        // Only a page of this origin can send this type without being asked first.
        if (!context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var body = await context.Request.ReadFromJsonAsync<JsonElement>(context.RequestAborted);
        switch (path)
        {
            case ["people"]:
                var person = _world.AddPerson(
                    body.GetProperty("id").GetInt64(), Text(body, "firstName"), Text(body, "lastName"), Text(body, "username") is { Length: > 0 } name ? name : null, Text(body, "languageCode"));
                await Write(context, new { id = person.Id });
                return;
            case ["chats", var id, "send"]:
                Send(ChatOf(id), body);
                break;
            case ["chats", var id, "press"]:
                Press(ChatOf(id), body);
                break;
            case ["chats", var id, "pay"]:
                PersonOf(ChatOf(id), body).Pay(MessageOf(ChatOf(id), body));
                break;
            case ["chats", var id, "block"]:
                PersonOf(ChatOf(id), body).Block();
                break;
            case ["chats", var id, "unblock"]:
                PersonOf(ChatOf(id), body).Unblock();
                break;
            default:
                await NotFound(context);
                return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private void Send(Chat chat, JsonElement body)
    {
        var person = PersonOf(chat, body);
        if (chat.Group is { } group)
            person.SendTo(group, Text(body, "text"));
        else
            person.Send(Text(body, "text"));
    }

    private void Press(Chat chat, JsonElement body)
    {
        var message = MessageOf(chat, body);
        var button = message.Keyboard[body.GetProperty("row").GetInt32()][body.GetProperty("column").GetInt32()];
        PersonOf(chat, body).PressData(message, button.Data ?? throw new InvalidOperationException("This button sends nothing to the bot."));
    }

    // One line for every burst of changes; the page then reads what it shows.
    private async Task Stream(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        var since = 0L;
        try
        {
            while (true)
            {
                var change = _world.NextChange();
                var (version, chats) = _model.ChangesSince(since);
                if (chats.Count > 0 || since == 0)
                {
                    var line = JsonSerializer.Serialize(new { version, chats }, PageModel.Json);
                    await context.Response.WriteAsync($"data: {line}\n\n", end.Token);
                    await context.Response.Body.FlushAsync(end.Token);
                    await Task.Delay(20, end.Token);
                }

                since = version;
                await change.WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was closed or the server stops.
        }
    }

    private Chat ChatOf(string id) =>
        _world.FindChat(long.Parse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) ?? throw new KeyNotFoundException($"No chat {id}.");

    private Person PersonOf(Chat chat, JsonElement body) => chat.Owner ?? _world.Person(body.GetProperty("person").GetInt64());

    private static Message MessageOf(Chat chat, JsonElement body) =>
        chat.Find(body.GetProperty("message").GetInt32()) ?? throw new KeyNotFoundException("The message is gone.");

    private static string Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static async Task Write(HttpContext context, object value)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, PageModel.Json), context.RequestAborted);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static byte[] Asset(string name)
    {
        using var stream = typeof(ChatPage).Assembly.GetManifestResourceStream("page/" + name) ?? throw new InvalidOperationException($"The page lacks {name}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
