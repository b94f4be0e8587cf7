namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>
/// Sends a request that has a mask in place of the token to where it belongs, and lets nothing with the token in it come back: no exception, no answer that
/// quotes the URL, no request that prints itself into the network stack's events.
/// </summary>
internal sealed class TokenHandler(BotAddress address, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(Open(request), cancellationToken);
            response.RequestMessage = request;
            // HttpClient would read the body after this handler, where nobody could clean what goes wrong with it.
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                await Clean(response, cancellationToken);
            return response;
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            // The client takes nothing but this type for a cancellation.
            throw cancelled as TaskCanceledException ?? new TaskCanceledException(cancelled.Message, null, cancellationToken);
        }
        catch (Exception failure) when (address.IsToldBy(failure))
        {
            throw address.Redact(failure);
        }
    }

    /// <summary>The body stays whose it was: the client disposes of it.</summary>
    private BotRequest Open(HttpRequestMessage masked)
    {
        var open = new BotRequest(masked.Method, address.Open(masked.RequestUri!))
        {
            Content = masked.Content,
            Version = masked.Version,
            VersionPolicy = masked.VersionPolicy,
        };
        foreach (var (name, values) in masked.Headers)
            open.Headers.TryAddWithoutValidation(name, values);
        return open;
    }

    private async Task Clean(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        var clean = address.Redact(text);
        if (clean != text)
            response.Content = new StringContent(clean);
    }

    /// <summary>A request that prints itself without the token; the base class prints the URL past <see cref="BotUri.ToString"/>.</summary>
    private sealed class BotRequest(HttpMethod method, BotUri uri) : HttpRequestMessage(method, uri)
    {
        public override string ToString() => $"Method: {Method}, RequestUri: '{uri}', Version: {Version}";
    }
}
