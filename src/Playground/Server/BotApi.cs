using System.Collections.Frozen;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace MarketBot.Playground;

/// <summary>Answers <c>/bot&lt;token&gt;/&lt;method&gt;</c>: finds the method, lets planned faults happen, runs it, records it.</summary>
internal sealed class BotApi
{
    private readonly TelegramWorld _world;
    private readonly UpdateMethods _updates;
    private readonly string _token;
    private readonly FrozenDictionary<string, Method> _methods;

    public BotApi(TelegramWorld world)
    {
        _world = world;
        _token = world.Options.Token;
        _updates = new UpdateMethods(world);
        var messages = new MessageMethods(world);
        var profile = new ProfileMethods(world);
        var queries = new QueryMethods(world, messages);
        _methods = new Method[]
        {
            new("getMe", profile.GetMe),
            new("getUpdates", _ => TelegramJson.True),
            new("setWebhook", _updates.SetWebhook),
            new("deleteWebhook", _updates.DeleteWebhook),
            new("getWebhookInfo", _updates.GetWebhookInfo),
            new("sendMessage", messages.Send),
            new("editMessageText", messages.EditText),
            new("editMessageReplyMarkup", messages.EditReplyMarkup),
            new("deleteMessage", messages.Delete),
            new("sendChatAction", messages.SendChatAction),
            new("answerCallbackQuery", queries.AnswerCallback),
            new("setMyCommands", profile.SetMyCommands),
            new("getMyCommands", profile.GetMyCommands),
            new("deleteMyCommands", profile.DeleteMyCommands),
            new("setMyDescription", profile.SetMyDescription),
            new("getMyDescription", profile.GetMyDescription),
            new("setMyShortDescription", profile.SetMyShortDescription),
            new("getMyShortDescription", profile.GetMyShortDescription),
            new("sendInvoice", queries.SendInvoice),
            new("createInvoiceLink", queries.CreateInvoiceLink),
            new("answerPreCheckoutQuery", queries.AnswerPreCheckout),
            new("refundStarPayment", queries.RefundStarPayment),
            new("logOut", _ => TelegramJson.True),
            new("close", _ => TelegramJson.True),
        }.ToFrozenDictionary(m => m.Name, StringComparer.OrdinalIgnoreCase);
    }

    public UpdateMethods Updates => _updates;

    /// <summary>The methods that are there, in Telegram's spelling.</summary>
    public IEnumerable<string> Methods => _methods.Values.Select(m => m.Name).Order(StringComparer.Ordinal);

    /// <summary>Answers the request; the path begins with <c>/bot</c>.</summary>
    public async Task Handle(HttpContext context)
    {
        var path = context.Request.Path.Value.AsSpan()["/bot".Length..];
        var slash = path.IndexOf('/');
        var token = slash < 0 ? path : path[..slash];
        if (!token.SequenceEqual(_token))
        {
            await Reply(context, null, new ApiFailure(401, "Unauthorized"));
            return;
        }

        var name = slash < 0 ? "" : path[(slash + 1)..].ToString();
        if (_methods.TryGetValue(name, out var method) && method.Name == "getUpdates")
        {
            await Answer(context, method, name);
            return;
        }

        lock (_world.Gate)
            _world.CallsInFlight++;
        try
        {
            await Answer(context, method, name);
        }
        finally
        {
            lock (_world.Gate)
            {
                _world.CallsInFlight--;
                _world.Notify();
            }
        }
    }

    private async Task Answer(HttpContext context, Method? method, string name)
    {
        var at = _world.Now;
        var started = Stopwatch.GetTimestamp();
        var parameters = Parameters.None;
        byte[]? result = null;
        ApiFailure? failure = null;
        Fault? fault = null;
        var isCut = false;
        try
        {
            if (method is null)
                throw new ApiFailure(404, "Not Found");
            name = method.Name;
            parameters = await Parameters.Read(context.Request);
            fault = _world.Faults.Take(name, parameters);
            if (fault is not null)
                await Suffer(fault, context.RequestAborted);
            result = await Run(method, parameters, context.RequestAborted);
        }
        catch (ApiFailure refused)
        {
            failure = refused;
        }
        catch (ConnectionCut)
        {
            isCut = true;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client gave up; the call is recorded without an answer.
        }

        lock (_world.Gate)
            _world.Log.Add(name, parameters, result, failure, at, Stopwatch.GetElapsedTime(started), fault);

        if (isCut || fault is Fault.CutAfterFault)
            context.Abort();
        else if (result is not null || failure is not null)
            await Reply(context, result, failure);
    }

    /// <summary>Runs a method that came as the answer to a webhook delivery; nobody sees its result.</summary>
    public void RunFromWebhook(string name, Parameters parameters)
    {
        if (!_methods.TryGetValue(name, out var method) || method.Name == "getUpdates")
            return;
        lock (_world.Gate)
        {
            byte[]? result = null;
            ApiFailure? failure = null;
            try
            {
                result = method.Run(parameters);
            }
            catch (ApiFailure refused)
            {
                failure = refused;
            }

            _world.Log.Add(method.Name, parameters, result, failure, _world.Now, TimeSpan.Zero, null);
        }
    }

    private async ValueTask<byte[]> Run(Method method, Parameters parameters, CancellationToken gone)
    {
        if (method.Name == "getUpdates")
            return await _updates.GetUpdates(parameters, gone);
        lock (_world.Gate)
            return method.Run(parameters);
    }

    private async Task Suffer(Fault fault, CancellationToken gone)
    {
        switch (fault)
        {
            case Fault.StatusFault status:
                throw status.ToFailure();
            case Fault.CutBeforeFault:
                throw new ConnectionCut();
            case Fault.DelayFault delay:
                await Task.Delay(delay.Time, _world.Options.Time, gone);
                break;
            case Fault.HangFault:
                await Task.Delay(Timeout.Infinite, gone);
                break;
        }
    }

    private static async Task Reply(HttpContext context, byte[]? result, ApiFailure? failure)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        if (failure is not null)
        {
            response.StatusCode = failure.Code;
            var body = TelegramJson.Bytes(failure, static (w, f) => WriteFailure(w, f));
            response.ContentLength = body.Length;
            if (failure.RetryAfter is { } seconds)
                response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        var prefix = """{"ok":true,"result":"""u8;
        var length = prefix.Length + result!.Length + 1;
        response.ContentLength = length;
        var span = response.BodyWriter.GetSpan(length);
        prefix.CopyTo(span);
        result.CopyTo(span[prefix.Length..]);
        span[length - 1] = (byte)'}';
        response.BodyWriter.Advance(length);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void WriteFailure(Utf8JsonWriter w, ApiFailure failure)
    {
        w.WriteStartObject();
        w.WriteBoolean("ok", false);
        w.WriteNumber("error_code", failure.Code);
        w.WriteString("description", failure.Message);
        if (failure.RetryAfter is not null || failure.MigrateToChatId is not null)
        {
            w.WriteStartObject("parameters");
            if (failure.MigrateToChatId is { } chat)
                w.WriteNumber("migrate_to_chat_id", chat);
            if (failure.RetryAfter is { } seconds)
                w.WriteNumber("retry_after", seconds);
            w.WriteEndObject();
        }

        w.WriteEndObject();
    }

    private sealed record Method(string Name, Func<Parameters, byte[]> Run);

    private sealed class ConnectionCut : Exception;
}
