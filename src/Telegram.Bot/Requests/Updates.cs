using System.Text.Json;
using System.Text.Json.Serialization;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Telegram.Bot.Requests;

/// <summary>Bot API method <c>getUpdates</c>: long polling. Updates below <see cref="Offset"/> are forgotten by the server.</summary>
public sealed class GetUpdatesRequest() : RequestBase<Update[]>("getUpdates")
{
    /// <summary>The first update wanted; one above the last one that is safely stored.</summary>
    public int? Offset { get; set; }

    /// <summary>How many updates at most, 1 to 100.</summary>
    public int? Limit { get; set; }

    /// <summary>How many seconds the server may wait for an update; it caps this at 50.</summary>
    public int? Timeout { get; set; }

    /// <summary>The kinds wanted; null keeps the server's previous setting, an empty list means its default kinds.</summary>
    public IEnumerable<UpdateType>? AllowedUpdates { get; set; }
}

/// <summary>Bot API method <c>setWebhook</c>: have updates posted to a URL.</summary>
public sealed class SetWebhookRequest() : RequestBase<bool>("setWebhook")
{
    /// <summary>The HTTPS address; empty removes the webhook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Url { get; set; }

    /// <summary>The public key certificate, when it is self-signed.</summary>
    [JsonIgnore]
    public InputFileStream? Certificate { get; set; }

    /// <summary>A fixed IP address to use instead of the one DNS gives.</summary>
    public string? IpAddress { get; set; }

    /// <summary>How many connections the server may open, 1 to 100.</summary>
    public int? MaxConnections { get; set; }

    /// <summary>The kinds wanted; null keeps the server's previous setting, an empty list means its default kinds.</summary>
    public IEnumerable<UpdateType>? AllowedUpdates { get; set; }

    /// <summary>Whether updates that wait on the server are thrown away.</summary>
    public bool DropPendingUpdates { get; set; }

    /// <summary>What the server repeats in the header <c>X-Telegram-Bot-Api-Secret-Token</c>.</summary>
    public string? SecretToken { get; set; }

    /// <inheritdoc/>
    public override HttpContent? ToHttpContent()
    {
        if (Certificate is null)
            return base.ToHttpContent();

        var form = new MultipartFormDataContent();
        foreach (var parameter in JsonSerializer.SerializeToElement(this, JsonBotAPI.Options.GetTypeInfo(GetType())).EnumerateObject())
            form.Add(new StringContent(parameter.Value.ToString()), parameter.Name);

        form.Add(new StreamContent(Certificate.Content), "certificate", Certificate.FileName ?? "certificate.pem");
        return form;
    }
}

/// <summary>Bot API method <c>deleteWebhook</c>.</summary>
public sealed class DeleteWebhookRequest() : RequestBase<bool>("deleteWebhook")
{
    /// <summary>Whether updates that wait on the server are thrown away.</summary>
    public bool DropPendingUpdates { get; set; }
}

/// <summary>Bot API method <c>getWebhookInfo</c>.</summary>
public sealed class GetWebhookInfoRequest() : ParameterlessRequest<WebhookInfo>("getWebhookInfo");
