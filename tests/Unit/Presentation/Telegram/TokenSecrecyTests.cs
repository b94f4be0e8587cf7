using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Net;
using MarketBot.Presentation.Bot.Telegram;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public class TokenSecrecyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("no-colon-AAF-secret_Part0fTheTokenThatMustNotShow")]
    [InlineData("abc:AAF-secret_Part0fTheTokenThatMustNotShow")]
    [InlineData(":AAF-secret_Part0fTheTokenThatMustNotShow")]
    public void A_malformed_token_is_refused_without_being_quoted(string token)
    {
        var refused = Assert.Throws<ArgumentException>(() => BotClient.Create(token, "https://api.telegram.org"));

        Assert.DoesNotContain("AAF", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_client_never_learns_the_token()
    {
        var bot = BotClient.Create(Bot.Token, "https://api.telegram.org");

        Assert.Equal(("123456:***", 123456), (bot.Token, bot.BotId));
    }

    public static TheoryData<string> Failures => [.. MakeFailure.Keys];

    private static readonly Dictionary<string, Func<string, Exception>> MakeFailure = new()
    {
        ["HttpRequestException"] = text => new HttpRequestException(HttpRequestError.ConnectionError, text),
        ["nested"] = text =>
            new HttpRequestException(HttpRequestError.NameResolutionError, "clean", new IOException("clean", new InvalidOperationException(text))),
        ["IOException"] = text => new IOException(text, new HttpIOException(HttpRequestError.ResponseEnded, text)),
        ["time-out"] = text => new TaskCanceledException(text, new TimeoutException(text)),
        ["bug"] = text => new InvalidOperationException(text),
        ["several"] = text => new AggregateException(new IOException(text), new IOException("clean")),
        ["data"] = text => new HttpRequestException("clean") { Data = { ["url"] = text } },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task No_failure_of_the_transport_tells_the_token(string failure)
    {
        var thrown = MakeFailure[failure]($"cannot POST https://api.telegram.org/bot{Bot.Token}/sendMessage");
        var bot = Bot.Over(ScriptedHandler.Failing(thrown));

        var failed = await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        AssertClean(failed);
        if (thrown is HttpRequestException http)
            Assert.Equal(http.HttpRequestError, Assert.IsType<HttpRequestException>(failed.InnerException).HttpRequestError);
    }

    [Fact]
    public async Task A_clean_failure_is_handed_on_as_it_is()
    {
        var thrown = new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused (api.telegram.org:443)");

        var failed = await Assert.ThrowsAsync<RequestException>(() => Bot.Over(ScriptedHandler.Failing(thrown)).GetMe(Stop));

        Assert.Same(thrown, failed.InnerException);
    }

    [Theory]
    [InlineData($$"""{"ok":false,"error_code":404,"description":"Not Found: /bot{{Bot.Token}}/getMe"}""", HttpStatusCode.NotFound)]
    [InlineData($$$"""{"ok":true,"result":{"{{{Bot.Secret}}}":1,"id":"{{{Bot.Token}}}"}}""", HttpStatusCode.OK)]
    [InlineData($"<html>No page /bot{Bot.Token}/getMe</html>", HttpStatusCode.NotFound)]
    public async Task An_answer_that_echoes_the_token_does_not_bring_it_into_the_exception(string answer, HttpStatusCode status)
    {
        var bot = Bot.Over(ScriptedHandler.Json(answer, status));

        var failed = await Assert.ThrowsAnyAsync<RequestException>(() => bot.GetMe(Stop));

        AssertClean(failed);
    }

    [Fact]
    public async Task No_failure_over_real_HTTP_tells_the_token()
    {
        await using var server = LoopbackServer.Answering(LoopbackServer.Cut);
        await using var html = LoopbackServer.Answering(LoopbackServer.Http("404 Not Found", "text/html", $"no {Bot.Token}"));
        await using var noHttp = LoopbackServer.Answering($"GARBAGE /bot{Bot.Token}/\r\n\r\n{LoopbackServer.Cut}");
        await using var noChunk =
            LoopbackServer.Answering($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n/bot{Bot.Token}/getMe\r\n{LoopbackServer.Cut}");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var dead = BotClient.Create(Bot.Token, LoopbackServer.DeadUrl);

        Exception[] failures =
        [
            await Assert.ThrowsAnyAsync<Exception>(() => Bot.At(server).SendMessage(17, "x", cancellationToken: Stop)),
            await Assert.ThrowsAnyAsync<Exception>(() => Bot.At(html).GetMe(Stop)),
            await Assert.ThrowsAnyAsync<Exception>(() => Bot.At(noHttp).GetMe(Stop)),
            await Assert.ThrowsAnyAsync<Exception>(() => Bot.At(noChunk).GetMe(Stop)),
            await Assert.ThrowsAnyAsync<Exception>(() => dead.GetMe(Stop)),
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dead.GetMe(cancelled.Token)),
        ];

        Assert.All(failures, AssertClean);
    }

    [Fact]
    public async Task Whoever_listens_to_traces_and_network_events_hears_no_token()
    {
        await using var server = LoopbackServer.Answering(
            LoopbackServer.Ok("""{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}"""),
            LoopbackServer.Http("404 Not Found", "text/html", "no"),
            LoopbackServer.Cut);
        // The events of other tests, with clients of their own, are heard too.
        const string secret = "BBZ-of-this-test-alone_0123456789abcdef";
        var bot = Bot.At(server, "777:" + secret);
        using var ears = new Ears();

        await bot.SendMessage(17, "x", cancellationToken: Stop);
        await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));
        await Assert.ThrowsAsync<RequestException>(() => bot.SendMessage(17, "x", cancellationToken: Stop));

        Assert.Contains(ears.Heard, line => line.Contains("bot777:***/sendMessage", StringComparison.Ordinal));
        Assert.DoesNotContain(ears.Heard, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_prints_without_the_token_to_the_transport()
    {
        var prints = new List<string>();
        var bot = Bot.Over(new ScriptedHandler(request =>
        {
            prints.Add($"{request} {request.RequestUri}");
            return ScriptedHandler.Answer("""{"ok":true,"result":true}""")(request);
        }));

        await bot.DeleteMessage(17, 4, Stop);

        Assert.Contains("bot123456:***/deleteMessage", prints.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain(Bot.Secret, prints.Single(), StringComparison.Ordinal);
    }

    private static void AssertClean(Exception exception)
    {
        Assert.DoesNotContain(Bot.Secret, exception.ToString(), StringComparison.Ordinal);
        for (var level = exception; level is not null; level = level.InnerException)
        {
            Assert.DoesNotContain(Bot.Secret, level.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(level.Data.Cast<DictionaryEntry>(), entry => $"{entry.Key}{entry.Value}".Contains(Bot.Secret, StringComparison.Ordinal));
        }
    }

    /// <summary>Writes down every activity, diagnostic event and network event of the process, as loudly as they come.</summary>
    private sealed class Ears : EventListener, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly ActivityListener _activities;
        private readonly IDisposable _diagnostics;

        public Ears()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                    Heard.Enqueue(
                        $"{activity.OperationName} {activity.DisplayName} "
                        + $"{string.Join(' ', activity.TagObjects.Concat(activity.Events.SelectMany(e => e.Tags)))}"),
            };
            ActivitySource.AddActivityListener(_activities);
            _diagnostics = DiagnosticListener.AllListeners.Subscribe(this);
        }

        public ConcurrentQueue<string> Heard { get; } = new();

        public void OnNext(DiagnosticListener value) => value.Subscribe(this);

        public void OnNext(KeyValuePair<string, object?> value) =>
            Heard.Enqueue(
                $"{value.Key} {value.Value} "
                + $"{string.Join(' ', value.Value?.GetType().GetProperties().Select(p => p.GetValue(value.Value)) ?? [])}");

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public override void Dispose()
        {
            _diagnostics.Dispose();
            _activities.Dispose();
            base.Dispose();
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.Contains("System.Net", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        // Called from the base constructor for sources that exist already, before there is a queue.
        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Heard?.Enqueue(
                $"{eventData.EventSource.Name} {eventData.EventName} {eventData.Message} {string.Join(' ', eventData.Payload ?? (IEnumerable<object?>)[])}");
    }
}
