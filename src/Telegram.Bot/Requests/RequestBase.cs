using System.Text.Json;
using System.Text.Json.Serialization;
using Telegram.Bot.Requests.Abstractions;

namespace Telegram.Bot.Requests.Abstractions
{
    /// <summary>A call of a Bot API method.</summary>
    public interface IRequest
    {
        /// <summary>The HTTP method.</summary>
        HttpMethod HttpMethod { get; }

        /// <summary>The Bot API method, such as <c>sendMessage</c>.</summary>
        string MethodName { get; }

        /// <summary>Whether the request is written as the answer to a webhook call, with its method name inside.</summary>
        bool IsWebhookResponse { get; set; }

        /// <summary>The body, or null when the method has no parameters.</summary>
        HttpContent? ToHttpContent();
    }

    /// <summary>A call of a Bot API method that answers with <typeparamref name="TResponse"/>.</summary>
    /// <typeparam name="TResponse">The type of the answer's <c>result</c> field.</typeparam>
    public interface IRequest<TResponse> : IRequest;
}

namespace Telegram.Bot.Requests
{
    /// <summary>A call whose properties are the parameters, sent as JSON.</summary>
    /// <typeparam name="TResponse">The type of the answer's <c>result</c> field.</typeparam>
    /// <param name="methodName">The Bot API method.</param>
    public abstract class RequestBase<TResponse>(string methodName) : IRequest<TResponse>
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public HttpMethod HttpMethod { get; set; } = HttpMethod.Post;

        /// <inheritdoc/>
        [JsonIgnore]
        public string MethodName { get; } = methodName;

        /// <inheritdoc/>
        [JsonIgnore]
        public bool IsWebhookResponse { get; set; }

        [JsonInclude]
        internal string? Method => IsWebhookResponse ? MethodName : null;

        /// <inheritdoc/>
        public virtual HttpContent? ToHttpContent()
        {
            var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(this, JsonBotAPI.Options.GetTypeInfo(GetType())));
            content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            return content;
        }
    }

    /// <summary>A call without parameters.</summary>
    /// <typeparam name="TResponse">The type of the answer's <c>result</c> field.</typeparam>
    /// <param name="methodName">The Bot API method.</param>
    public abstract class ParameterlessRequest<TResponse>(string methodName) : RequestBase<TResponse>(methodName)
    {
        /// <inheritdoc/>
        public override HttpContent? ToHttpContent() => IsWebhookResponse ? base.ToHttpContent() : null;
    }
}
