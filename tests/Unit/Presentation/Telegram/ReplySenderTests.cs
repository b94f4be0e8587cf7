using System.Net;
using System.Text.Json.Nodes;
using MarketBot.Domain.Accounts;
using MarketBot.Infrastructure.Delivery;
using MarketBot.Presentation.Bot.Accounts;
using MarketBot.Presentation.Bot.Rendering;
using MarketBot.Presentation.Bot.Routing;
using MarketBot.Presentation.Bot.Telegram;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Requests.Abstractions;
using Telegram.Bot.Types;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public class ReplySenderTests
{
    private static readonly TelegramProfile Anna = new(new TelegramId(1001), "Анна");
    private static readonly IncomingPress Press = new(77, Anna, "q", "menu", 5);
    private static readonly IncomingMessage Text = new(77, Anna, 6, "k-1", IsContent: true);
    private static readonly Reply Screen =
        Reply.Screen(Html.Of($"<b>{"a & b"}</b>"), Keyboard.Of([Button.For("Back", new OpenMenu()), Button.Link("Site", "https://x.example")]));

    private static readonly RouteTable Routes = RouteTable.Scan(typeof(RouteTable).Assembly);

    private readonly ImpatientTime _time = new();
    private readonly ITelegramBotClient _bot = Substitute.For<ITelegramBotClient>();
    private readonly List<IRequest> _calls = [];
    private readonly Dictionary<Type, Queue<Exception?>> _failures = [];
    private readonly ReplySender _sender;

    public ReplySenderTests()
    {
        _bot.SendRequest(Arg.Any<IRequest<Acknowledgement>>(), Arg.Any<CancellationToken>())
            .Returns(call => Answer(call.Arg<IRequest<Acknowledgement>>(), new Acknowledgement()));
        _bot.SendRequest(Arg.Any<IRequest<bool>>(), Arg.Any<CancellationToken>()).Returns(call => Answer(call.Arg<IRequest<bool>>(), true));
        _sender = new ReplySender(
            _bot, new TokenHealth(NullLogger<TokenHealth>.Instance), Microsoft.Extensions.Options.Options.Create(new MarketBot.Application.Common.BotOptions()),
            _time, NullLogger<ReplySender>.Instance);
    }

    /// <summary>Failures after which the call surely was not carried out.</summary>
    public static TheoryData<string> Certain => ["html 502", "html 503", "tls", "refused", "no such host"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Certain))]
    public async Task What_surely_was_not_carried_out_may_be_sent_as_often_as_it_takes(string failure)
    {
        RequestException failed = failure switch
        {
            "html 502" => new("no JSON", HttpStatusCode.BadGateway),
            "html 503" => new("no JSON", HttpStatusCode.ServiceUnavailable),
            "tls" => NoAnswer(HttpRequestError.SecureConnectionError),
            "refused" => NoAnswer(HttpRequestError.ConnectionError),
            _ => NoAnswer(HttpRequestError.NameResolutionError),
        };
        Fails<SendScreen>(failed, failed, failed);

        Assert.Equal(new SendResult(SendOutcome.Later), await Send(Text, Screen));
    }

    [Fact]
    public async Task An_edit_that_may_have_been_carried_out_may_be_made_again()
    {
        var cut = NoAnswer(HttpRequestError.ResponseEnded);
        Fails<EditScreen>(cut, cut, cut);

        Assert.Equal(new SendResult(SendOutcome.Later), await Send(Press, Screen));
    }

    [Fact]
    public async Task A_new_message_in_the_place_of_one_that_is_gone_is_not_sent_twice_for_certain()
    {
        Fails<EditScreen>(Refused(400, "Bad Request: message to edit not found"));
        Fails<SendScreen>(NoAnswer(HttpRequestError.ResponseEnded));

        Assert.Equal(new SendResult(SendOutcome.Later, IsUncertain: true), await Send(Press, Screen));
    }

    private static ApiRequestException Refused(int code, string message, int? retryAfter = null) =>
        new(message, code, new ResponseParameters { RetryAfter = retryAfter });

    private static RequestException NoAnswer(HttpRequestError error) => new("no answer", new HttpRequestException(error));

    private Task<T> Answer<T>(IRequest request, T answer)
    {
        lock (_calls)
        {
            _calls.Add(request);
            return _failures.TryGetValue(request.GetType(), out var failures) && failures.TryDequeue(out var failure) && failure is not null
                ? Task.FromException<T>(failure) : Task.FromResult(answer);
        }
    }

    private void Fails<TRequest>(params Exception?[] failures) => _failures[typeof(TRequest)] = new Queue<Exception?>(failures);

    /// <summary>Through storage, as after a crash: what is sent is what was written.</summary>
    private Task<SendResult> Send(Incoming to, Reply reply, bool deletes = false, Language language = Language.En) =>
        _sender.Send(Outgoing.FromBytes(Outgoing.From(to, reply, deletes, language, Routes).ToBytes()), Ct);

    private string[] Methods => [.. _calls.Select(c => c.MethodName)];

    private T Single<T>() => Assert.Single(_calls.OfType<T>());

    private static async Task Writes(string json, IRequest request)
    {
        using var content = request.ToHttpContent()!;
        var written = JsonNode.Parse(await content.ReadAsStringAsync(Ct));
        Assert.Equal("application/json", content.Headers.ContentType!.MediaType);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), written), written!.ToJsonString());
    }

    [Fact]
    public async Task A_text_is_answered_by_a_new_message()
    {
        var delivery = await Send(Text, Screen);

        Assert.Equal(SendResult.Sent, delivery);
        await Writes(
            """
            {"chat_id":1001,"text":"<b>a &amp; b</b>","parse_mode":"HTML","link_preview_options":{"is_disabled":true},
             "reply_markup":{"inline_keyboard":[[{"text":"Back","callback_data":"menu"},{"text":"Site","url":"https://x.example"}]]}}
            """,
            Single<SendScreen>());
    }

    [Fact]
    public async Task Without_buttons_there_is_no_keyboard()
    {
        await Send(Text, Reply.Screen(Html.Of($"a"), Keyboard.None));

        await Writes("""{"chat_id":1001,"text":"a","parse_mode":"HTML","link_preview_options":{"is_disabled":true}}""", Single<SendScreen>());
    }

    [Fact]
    public async Task A_press_is_answered_and_its_message_edited()
    {
        var delivery = await Send(Press, Screen with { Toast = "Done", IsAlert = true });

        var answer = Single<AnswerCallbackQueryRequest>();
        Assert.Equal((SendResult.Sent, "q", "Done", true), (delivery, answer.CallbackQueryId, answer.Text, answer.ShowAlert));
        await Writes(
            """
            {"chat_id":1001,"message_id":5,"text":"<b>a &amp; b</b>","parse_mode":"HTML","link_preview_options":{"is_disabled":true},
             "reply_markup":{"inline_keyboard":[[{"text":"Back","callback_data":"menu"},{"text":"Site","url":"https://x.example"}]]}}
            """,
            Single<EditScreen>());
    }

    [Fact]
    public async Task Answer_and_edit_go_out_side_by_side()
    {
        var answered = new TaskCompletionSource<bool>();
        var edited = new TaskCompletionSource<Acknowledgement>();
        _bot.SendRequest(Arg.Any<IRequest<bool>>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            answered.SetResult(true);
            await edited.Task;
            return true;
        });
        _bot.SendRequest(Arg.Any<IRequest<Acknowledgement>>(), Arg.Any<CancellationToken>()).Returns(async call =>
        {
            edited.SetResult(new Acknowledgement());
            await answered.Task;
            return new Acknowledgement();
        });

        var delivery = await Send(Press, Screen).WaitAsync(TimeSpan.FromMinutes(1), Ct);

        Assert.Equal(SendResult.Sent, delivery);
    }

    [Fact]
    public async Task A_reply_without_a_screen_only_answers()
    {
        await Send(Press, Reply.Answer());
        await Send(Text, Reply.Silence);

        Assert.Null(Single<AnswerCallbackQueryRequest>().Text);
        Assert.Equal(["answerCallbackQuery"], Methods);
    }

    [Fact]
    public async Task A_toast_is_cut_to_what_Telegram_shows()
    {
        await Send(Press, Reply.Answer(new Plain(string.Concat(Enumerable.Repeat("🌰", 300)))));

        Assert.Equal(200, Single<AnswerCallbackQueryRequest>().Text!.EnumerateRunes().Count());
    }

    [Fact]
    public async Task A_message_that_is_not_modified_and_a_query_that_is_too_old_are_fine()
    {
        Fails<EditScreen>(Refused(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"));
        Fails<AnswerCallbackQueryRequest>(Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"));

        var delivery = await Send(Press, Screen);

        Assert.Equal(SendResult.Sent, delivery);
        Assert.Equal(2, _calls.Count);
        Assert.Empty(_time.Waits);
    }

    [Theory]
    [InlineData("Bad Request: message to edit not found")]
    [InlineData("Bad Request: message can't be edited")]
    [InlineData("Bad Request: MESSAGE_ID_INVALID")]
    public async Task A_message_that_is_gone_is_replaced_by_a_new_one(string refusal)
    {
        Fails<EditScreen>(Refused(400, refusal));

        var delivery = await Send(Press, Screen);

        Assert.Equal((SendResult.Sent, "<b>a &amp; b</b>"), (delivery, Single<SendScreen>().Html));
    }

    [Fact]
    public async Task An_inaccessible_message_is_replaced_by_a_new_one()
    {
        await Send(Press with { MessageId = null }, Screen);

        Assert.Equal(["answerCallbackQuery", "sendMessage"], Methods.Order());
    }

    [Fact]
    public async Task Whoever_blocked_the_bot_is_unreachable()
    {
        Fails<SendScreen>(Refused(403, "Forbidden: bot was blocked by the user"));
        Fails<EditScreen>(Refused(403, "Forbidden: user is deactivated"));

        Assert.Equal(new SendResult(SendOutcome.Unreachable), await Send(Text, Screen));
        Assert.Equal(new SendResult(SendOutcome.Unreachable), await Send(Press, Screen));
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task Flood_control_is_obeyed_for_as_long_as_Telegram_asks()
    {
        Fails<SendScreen>(Refused(429, "Too Many Requests: retry after 2", 2), Refused(429, "Too Many Requests: retry after 1", 1));

        var delivery = await Send(Text, Screen);

        Assert.Equal(SendResult.Sent, delivery);
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)], _time.Waits);
        Assert.Equal(3, _calls.Count);
    }

    [Fact]
    public async Task A_longer_wait_for_flood_control_is_left_to_the_outbox()
    {
        Fails<SendScreen>(Refused(429, "Too Many Requests: retry after 3", 3));

        var delivery = await Send(Text, Screen);

        Assert.Equal(new SendResult(SendOutcome.Later, TimeSpan.FromSeconds(3)), delivery);
        Assert.Empty(_time.Waits);
        Assert.Single(_calls);
    }

    [Fact]
    public async Task Retries_end()
    {
        Fails<EditScreen>([.. Enumerable.Repeat(Refused(502, "Bad Gateway"), 10)]);

        var delivery = await Send(Press, Screen);

        Assert.Equal(new SendResult(SendOutcome.Later), delivery);
        Assert.Equal(3, _calls.OfType<EditScreen>().Count());
    }

    [Fact]
    public async Task A_message_whose_fate_is_unknown_is_not_sent_twice()
    {
        Exception[] unknown = [NoAnswer(HttpRequestError.ResponseEnded), new RequestException("timed out"), Refused(504, "Gateway Timeout")];

        foreach (var failure in unknown)
        {
            _calls.Clear();
            Fails<SendScreen>(failure);

            Assert.Equal(new SendResult(SendOutcome.Later, IsUncertain: true), await Send(Text, Screen));
            Assert.Single(_calls);
        }
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    public async Task A_message_whose_connection_never_opened_is_sent_again(HttpRequestError error)
    {
        Fails<SendScreen>(NoAnswer(error));

        var delivery = await Send(Text, Screen);

        Assert.Equal((SendResult.Sent, 2), (delivery, _calls.Count));
    }

    [Fact]
    public async Task An_edit_is_repeated_whatever_became_of_it()
    {
        Fails<EditScreen>(NoAnswer(HttpRequestError.ResponseEnded), Refused(500, "Internal Server Error"));

        var delivery = await Send(Press, Screen);

        Assert.Equal((SendResult.Sent, 3), (delivery, _calls.OfType<EditScreen>().Count()));
    }

    [Fact]
    public async Task An_answer_that_fails_does_not_keep_the_screen_back()
    {
        Fails<AnswerCallbackQueryRequest>(Refused(400, "Bad Request: something else"));

        var delivery = await Send(Press, Screen);

        Assert.Equal(SendResult.Sent, delivery);
        Single<EditScreen>();
    }

    [Fact]
    public async Task A_message_with_a_secret_is_deleted_before_the_reply()
    {
        await Send(Text, Screen, deletes: true);

        Assert.Equal(["deleteMessage", "sendMessage"], Methods);
        Assert.Equal(6, Single<DeleteMessageRequest>().MessageId);
        Assert.Equal("<b>a &amp; b</b>", Single<SendScreen>().Html);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_deleted_is_left_to_the_person_with_a_warning()
    {
        Fails<DeleteMessageRequest>(Refused(400, "Bad Request: message can't be deleted for everyone"));

        await Send(Text, Screen, deletes: true, Language.Ru);

        var sent = Single<SendScreen>();
        Assert.StartsWith(CommonTexts.Ru.DeleteItYourself.Markup, sent.Html, StringComparison.Ordinal);
        Assert.EndsWith("<b>a &amp; b</b>", sent.Html, StringComparison.Ordinal);
        Assert.NotEmpty(sent.Keyboard);
    }

    [Fact]
    public async Task The_warning_is_given_even_when_nothing_else_is_said()
    {
        Fails<DeleteMessageRequest>(Refused(400, "Bad Request: message can't be deleted"));

        await Send(Text, Reply.Silence, deletes: true);

        Assert.Equal(CommonTexts.En.DeleteItYourself.Markup, Single<SendScreen>().Html);
    }

    [Fact]
    public async Task A_secret_that_is_gone_already_needs_no_warning()
    {
        Fails<DeleteMessageRequest>(NoAnswer(HttpRequestError.ResponseEnded), Refused(400, "Bad Request: message to delete not found"));

        await Send(Text, Screen, deletes: true);

        Assert.Equal("<b>a &amp; b</b>", Single<SendScreen>().Html);
    }

    [Fact]
    public async Task What_is_nice_to_have_never_throws()
    {
        Fails<SendChatActionRequest>(NoAnswer(HttpRequestError.ConnectionError));
        Fails<SendScreen>(Refused(400, "Bad Request: chat not found"));

        await _sender.ShowTyping(1001, Ct);

        Assert.Equal(new SendResult(SendOutcome.Refused), await _sender.Send(-5, Html.Of($"a"), Ct));
    }

    [Fact]
    public async Task A_connection_that_never_opens_is_no_uncertain_send()
    {
        Fails<SendScreen>([.. Enumerable.Repeat(NoAnswer(HttpRequestError.ConnectionError), 10)]);

        var delivery = await Send(Text, Screen);

        Assert.Equal(new SendResult(SendOutcome.Later), delivery);
    }

    [Fact]
    public async Task What_breaks_Telegrams_rules_is_refused_for_good()
    {
        Fails<SendScreen>(Refused(400, "Bad Request: can't parse entities"));

        Assert.Equal(new SendResult(SendOutcome.Refused), await Send(Text, Screen));
        Assert.Empty(_time.Waits);
    }
}
