using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>A load balancer between Telegram and several instances, in turn; where an instance is not there, the next one gets the request.</summary>
public sealed class Balancer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly IReadOnlyList<int> _ports;
    private int _turn;

    private Balancer(WebApplication app, IReadOnlyList<int> ports) => (_app, _ports) = (app, ports);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The number of answers with 503, or with 502 when no instance was there.</summary>
    public int Refusals { get; private set; }

    /// <summary>Starts one before these ports of 127.0.0.1.</summary>
    public static async Task<Balancer> Start(IReadOnlyList<int> ports, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var balancer = new Balancer(app, ports);
        app.Run(balancer.Forward);
        await app.StartAsync(ct);
        balancer.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Forward(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var first = Interlocked.Increment(ref _turn);
        for (var i = 0; i < _ports.Count; i++)
        {
            if (await Try(context, body.ToArray(), _ports[(first + i) % _ports.Count]))
                return;
        }

        Refusals++;
        context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
    }

    private async Task<bool> Try(HttpContext context, byte[] body, int port)
    {
        var address = new Uri($"http://127.0.0.1:{port}{context.Request.Path}");
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address) { Content = new ByteArrayContent(body) };
        foreach (var header in context.Request.Headers.Where(h => h.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase)))
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        try
        {
            using var answer = await _http.SendAsync(request, context.RequestAborted);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                Refusals++;
            context.Response.StatusCode = (int)answer.StatusCode;
            if (answer.Headers.RetryAfter is { } wait)
                context.Response.Headers.RetryAfter = wait.ToString();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
