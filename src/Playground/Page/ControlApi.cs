using Microsoft.AspNetCore.Http;

namespace MarketBot.Playground;

/// <summary>The control API (docs/playground.md): what the page and programs read and do.</summary>
internal sealed class ControlApi(TelegramWorld world, IReadOnlyList<string> methods)
{
    public const string Path = "/playground/api/";

    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(10);

    private readonly PageModel _model = new(world);
    private readonly ChangeStream _changes = new(world);
    private Uri? _url;

    public void Open(Uri url, CancellationToken stopping)
    {
        _url = url;
        _changes.Stopping = stopping;
    }

    public async Task Handle(HttpContext context, string[] path)
    {
        try
        {
            if (HttpMethods.IsGet(context.Request.Method))
                await Get(context, path);
            else if (HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsDelete(context.Request.Method))
                await Change(context, path);
            else
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        catch (TimeoutException late)
        {
            await Refuse(context, StatusCodes.Status408RequestTimeout, late.Message);
        }
        catch (KeyNotFoundException missing)
        {
            await Refuse(context, StatusCodes.Status404NotFound, missing.Message);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or FormatException or OverflowException or JsonException)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, error.Message);
        }
    }

    private Task Get(HttpContext context, string[] path)
    {
        var query = context.Request.Query;
        return path switch
        {
            ["state"] => Write(context, _model.State(methods, _url!)),
            ["events"] => _changes.Write(context),
            ["journal"] => Write(context, _model.Journal(Number(query["since"]) ?? 0)),
            ["calls"] => Write(context, PageModel.Calls(world.Calls, query["method"], Number(query["chat"]), Number(query["since"]) ?? 0)),
            ["violations"] => Write(context, PageModel.Calls(world.Violations, null, null, 0)),
            ["faults"] => Write(context, world.Faults.Planned),
            ["chats", var id] => Write(context, _model.Chat(ChatOf(id), Number(query["limit"]))),
            ["chats", var id, "export"] => Write(context, _model.Export(ChatOf(id))),
            ["chats", var id, "transcript"] => WriteText(context, ChatOf(id).Transcript()),
            _ => throw new KeyNotFoundException("There is nothing here."),
        };
    }

    private async Task Change(HttpContext context, string[] path)
    {
        // Only a page of this origin can send this type without being asked first.
        if (!context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var body = await Read(context);
        if (HttpMethods.IsDelete(context.Request.Method) != (path is ["faults"] && HttpMethods.IsDelete(context.Request.Method)))
            throw new KeyNotFoundException("There is nothing to delete here.");
        await Write(context, path switch
        {
            ["people"] => AddPerson(body),
            ["faults"] => PlanFault(body, HttpMethods.IsDelete(context.Request.Method)),
            ["reset"] => await Reset(context.RequestAborted),
            ["settle"] => await Settle(body, context.RequestAborted),
            ["recording", "start"] => StartRecording(body),
            ["recording", "stop"] => StopRecording(),
            ["scenario"] => await PlayScenario(body, context.RequestAborted),
            ["chats", var id, var deed] => await Do(ChatOf(id), deed, body, context.RequestAborted),
            _ => throw new KeyNotFoundException("There is nothing here."),
        });
    }

    private async Task<object> Do(Chat chat, string deed, JsonElement body, CancellationToken ct) => deed switch
    {
        "send" => new { message = Send(chat, body).Id },
        "press" => new { query = Press(chat, body).QueryId },
        "pay" => await Pay(chat, body, ct),
        "wait" => await Wait(chat, body, ct),
        "block" => Done(PersonOf(chat, body).Block),
        "unblock" => Done(PersonOf(chat, body).Unblock),
        "language" => Done(() => PersonOf(chat, body).LanguageCode = body.Text("languageCode")),
        _ => throw new KeyNotFoundException("There is nothing here."),
    };

    private object AddPerson(JsonElement body)
    {
        var username = body.Text("username");
        var person = world.AddPerson(
            body.Long("id") ?? throw new FormatException("id: a number is expected."), body.Text("firstName"), body.Text("lastName"),
            username.Length > 0 ? username : null, body.Text("languageCode"));
        return new { id = person.Id };
    }

    private IReadOnlyList<FaultSpec> PlanFault(JsonElement body, bool clear)
    {
        lock (world.Gate)
        {
            if (clear)
            {
                world.Faults.Clear();
            }
            else
            {
                var fault = body.Deserialize<FaultSpec>(PageModel.Json)!;
                fault.AddTo(world.Faults);
                world.Recorder.Planned(fault);
            }

            world.Notify();
        }

        return world.Faults.Planned;
    }

    private async Task<object> Reset(CancellationToken ct)
    {
        world.Reset();
        if (world.Options.Reseed is { } reseed)
            await reseed(ct);
        return new { };
    }

    private async Task<object> Settle(JsonElement body, CancellationToken ct)
    {
        await world.Settled(TimeSpan.FromMilliseconds(body.Long("quietMs") ?? 0), Patience(body), ct);
        return new { settled = true };
    }

    private object StartRecording(JsonElement body)
    {
        lock (world.Gate)
            world.Recorder.Start(body.Text("name") is { Length: > 0 } name ? name : "A recorded conversation");
        return new { };
    }

    private Scenario StopRecording()
    {
        lock (world.Gate)
            return world.Recorder.Stop() ?? throw new InvalidOperationException("Nothing is being recorded.");
    }

    private async Task<object> PlayScenario(JsonElement body, CancellationToken ct)
    {
        var scenario = Scenario.Parse(body.GetRawText());
        await world.Play(scenario, ct);
        return new { played = scenario.Name, steps = scenario.Steps.Count };
    }

    private Message Send(Chat chat, JsonElement body)
    {
        var person = PersonOf(chat, body);
        return chat.Group is { } group ? person.SendTo(group, body.Text("text")) : person.Send(body.Text("text"));
    }

    private CallbackPress Press(Chat chat, JsonElement body)
    {
        var person = PersonOf(chat, body);
        var message = body.Long("message") is { } id ? MessageOf(chat, id) : null;
        if (body.Text("button") is { Length: > 0 } button)
            return person.Press(button, message);
        message ??= chat.LastFromBot ?? throw new InvalidOperationException("The bot has not written here.");
        if (body.Text("data") is { Length: > 0 } data)
            return person.PressData(message, data);
        var pressed = message.Keyboard[(int)(body.Long("row") ?? 0)][(int)(body.Long("column") ?? 0)];
        return person.PressData(message, pressed.Data ?? throw new InvalidOperationException("This button sends nothing to the bot."));
    }

    private async Task<object> Pay(Chat chat, JsonElement body, CancellationToken ct)
    {
        var invoice = body.Long("message") is { } id ? MessageOf(chat, id) : chat.Messages.LastOrDefault(m => m.Invoice is not null);
        var payment = PersonOf(chat, body).Pay(invoice ?? throw new InvalidOperationException("There is no invoice to pay."));
        var outcome = await payment.Completed.WaitAsync(ct);
        return new { outcome, error = payment.ErrorMessage, charge = payment.ChargeId };
    }

    // The newest message that fits; a toast counts once it was shown since the request.
    private async Task<object> Wait(Chat chat, JsonElement body, CancellationToken ct)
    {
        var (text, button, toast) = (body.Text("text"), body.Text("button"), body.Text("toast"));
        if (text.Length + button.Length + toast.Length == 0 && body.Long("gone") is null)
            throw new ArgumentException("Wait for what? Give text, button, toast or gone.");
        return await world.WaitFor(
            () =>
            {
                lock (world.Gate)
                {
                    var message = chat.Messages.LastOrDefault(
                        m => m.FromBot && m.Text.Contains(text, StringComparison.Ordinal) && (button.Length == 0 || m.HasButton(button)));
                    var isShown = toast.Length == 0
                        || world.Callbacks.Answered.Any(p => p.Chat == chat && p.Answered.Result.Text.Contains(toast, StringComparison.Ordinal));
                    var isGone = body.Long("gone") is not { } id || chat.Find((int)id) is null;
                    return isShown && isGone && (message is not null || text.Length + button.Length == 0)
                        ? (object)new { message = message is null ? null : PageModel.Message(message) } : null;
                }
            },
            Patience(body),
            ct,
            body.GetRawText());
    }

    private static object Done(Action deed)
    {
        deed();
        return new { };
    }

    private static TimeSpan Patience(JsonElement body)
    {
        var patience = body.TryGetProperty("timeoutSeconds", out var seconds) ? TimeSpan.FromSeconds(seconds.GetDouble()) : DefaultPatience;
        return patience < LongestPatience ? patience : LongestPatience;
    }

    private Chat ChatOf(string id) =>
        long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && world.FindChat(number) is { } chat
            ? chat
            : throw new KeyNotFoundException($"No chat {id}.");

    private Person PersonOf(Chat chat, JsonElement body) =>
        chat.Owner ?? world.Person(body.Long("person") ?? throw new FormatException("person: who does it in this group?"));

    private static Message MessageOf(Chat chat, long id) => chat.Find((int)id) ?? throw new KeyNotFoundException("The message is gone.");

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async Task<JsonElement> Read(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var json = body.Length == 0 ? JsonSerializer.Deserialize<JsonElement>("{}") : JsonSerializer.Deserialize<JsonElement>(body.ToArray());
        return json.ValueKind == JsonValueKind.Object ? json : throw new JsonException("A JSON object is expected.");
    }

    private static async Task Write(HttpContext context, object value)
    {
        context.Response.ContentType = "application/json";
        var body = value is Scenario scenario ? Encoding.UTF8.GetBytes(scenario.ToJson()) : JsonSerializer.SerializeToUtf8Bytes(value, PageModel.Json);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static Task WriteText(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static Task Refuse(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return Write(context, new { error });
    }
}

/// <summary>Reads fields of a request's body.</summary>
internal static class BodyFields
{
    public static string Text(this JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    public static long? Long(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : null;
}
