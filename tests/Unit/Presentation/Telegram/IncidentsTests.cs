using MarketBot.Application.Common;
using MarketBot.Presentation.Bot.Telegram;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NSubstitute;
using Telegram.Bot;
using Telegram.Bot.Requests.Abstractions;

namespace MarketBot.Tests.Unit.Presentation.Telegram;

public class IncidentsTests
{
    private readonly ITelegramBotClient _bot = Substitute.For<ITelegramBotClient>();
    private readonly BotOptions _options = new();
    private readonly LogLines _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Incidents Incidents => new(
        Substitute.For<IServiceScopeFactory>(),
        new ReplySender(
            _bot, new TokenHealth(NullLogger<TokenHealth>.Instance), Options.Create(new BotOptions()), new ImpatientTime(), NullLogger<ReplySender>.Instance),
            Options.Create(_options), new ImpatientTime(), _log);

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("the key k-1 of <Anna>");
        }
        catch (InvalidOperationException thrown)
        {
            return thrown;
        }
    }

    [Fact]
    public void The_report_has_code_type_and_place_but_no_message()
    {
        var text = Shown.Text(Incidents.Describe("ABCD2345", Thrown()));

        Assert.Equal(["⚠️ ABCD2345", "System.InvalidOperationException", "IncidentsTests.Thrown"], text.Split('\n'));
    }

    [Fact]
    public void An_exception_that_was_never_thrown_has_no_place() =>
        Assert.EndsWith("?.?", Shown.Text(Incidents.Describe("ABCD2345", new InvalidOperationException("k-1"))), StringComparison.Ordinal);

    [Fact]
    public async Task The_log_has_the_code_and_the_exception_and_the_report_chat_is_told()
    {
        _options.ReportChatId = -500;

        var code = await Incidents.Report(Thrown(), 77, Ct);

        Assert.Matches("^[2-9A-Z]{8}$", code);
        Assert.Contains($"[InvalidOperationException] Incident {code} while handling update 77", string.Join("\n", _log.Lines), StringComparison.Ordinal);
        await _bot.Received(1).SendRequest(
            Arg.Is<IRequest<Acknowledgement>>(r => ((SendScreen)r).ChatId == -500 && ((SendScreen)r).Html.Contains(code)), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Without_a_report_chat_nobody_is_told()
    {
        await Incidents.Report(Thrown(), 77, Ct);

        Assert.Empty(_bot.ReceivedCalls());
    }

    private sealed class LogLines : ILogger<Incidents>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"[{exception?.GetType().Name}] {formatter(state, exception)}");
    }
}
