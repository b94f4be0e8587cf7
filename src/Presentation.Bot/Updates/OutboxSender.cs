using MarketBot.Application.Common;
using MarketBot.Presentation.Bot.Core;
using Microsoft.Extensions.Options;

namespace MarketBot.Presentation.Bot.Updates;

/// <summary>
/// Sends what must arrive, until it has: one message a second to a chat and thirty overall (Bot FAQ, "Broadcasting to
/// users"), later where Telegram says so, again where the outcome is unknown, but only once.
/// </summary>
internal sealed partial class OutboxSender(IServiceScopeFactory scopes, ReplySender sender, IOptions<BotOptions> options, Metrics metrics, TimeProvider time, ILogger<OutboxSender> log) : BackgroundService
{
    private const int MostAtOnce = 30;

    /// <summary>A day, more or less: 30 tries four seconds apart, the others five minutes.</summary>
    private const int MostTries = 300;
    private const int QuickTries = 30;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(5);

    private const string Unreachable = "The person cannot be reached.";

    private readonly Language _default = LanguageChoice.Parse(options.Value.DefaultLanguage) ?? Language.Ru;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await SendDue(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                CannotSend(failure);
            }
        }
        while (await Next(tick, stoppingToken));
    }

    private static async Task<bool> Next(PeriodicTimer tick, CancellationToken ct)
    {
        try
        {
            return await tick.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>At most one message for a chat, so that a tick a second paces each chat.</summary>
    private async Task SendDue(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var due = await scope.ServiceProvider.GetRequiredService<IOutbox>().ReadDue(MostAtOnce, ct);
        await Task.WhenAll(due.Select(Send));
    }

    private async Task Send(OutboxMessage message)
    {
        await using var scope = scopes.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IOutbox>();
        if (message.UncertainSends > 1)
        {
            await outbox.Bury(message.Id, "Its outcome stayed unknown twice.", CancellationToken.None);
            return;
        }

        var person = await scope.ServiceProvider.GetRequiredService<ICallerStore>().Load(message.Chat, CancellationToken.None);
        if (person.WasUnreachable)
        {
            await outbox.BuryAllOf(message.Chat, Unreachable, CancellationToken.None);
            return;
        }

        if (Prepare(message, person) is not { } outgoing)
        {
            await outbox.Bury(message.Id, "It cannot be read: it was written under another token.", CancellationToken.None);
            return;
        }

        if (!await outbox.Sending(message, CancellationToken.None))
            return;
        if (message.UncertainSends > 0)
            metrics.SentAgain.Add(1);
        var delivery = await sender.Send(outgoing, CancellationToken.None);
        var tries = message.Tries + 1;
        switch (delivery.Outcome)
        {
            case DeliveryOutcome.Sent:
                metrics.Sent.Add(1);
                await outbox.Sent(message.Id, CancellationToken.None);
                break;
            case DeliveryOutcome.Unreachable:
                await scope.ServiceProvider.GetRequiredService<IReachability>().MarkUnreachable(message.Chat, CancellationToken.None);
                await outbox.BuryAllOf(message.Chat, Unreachable, CancellationToken.None);
                break;
            case DeliveryOutcome.Refused:
                await outbox.Bury(message.Id, "Telegram refused it.", CancellationToken.None);
                break;
            default:
                if (tries >= MostTries && delivery.RetryAfter is null)
                    await outbox.Bury(message.Id, $"Telegram could not be reached on {tries} tries.", CancellationToken.None);
                else
                    await outbox.Postpone(message.Id, delivery.RetryAfter ?? Backoff(tries), delivery.IsUncertain, CancellationToken.None);
                break;
        }
    }

    private Outgoing? Prepare(OutboxMessage message, CallerState person)
    {
        if (message.Notice is not { } notice)
            return message.Reply is { } reply ? Outgoing.FromBytes(reply) : null;

        var language = LanguageChoice.For(person.Session, _default);
        return new Outgoing { ChatId = message.Chat.Value, Html = CommonTexts.Of(language).Notices[notice](message.Arguments).Markup };
    }

    /// <summary>Short enough that a message leaves within five seconds after an outage of two minutes.</summary>
    private static TimeSpan Backoff(int tries) =>
        (tries > QuickTries ? LongWait : TimeSpan.FromSeconds(Math.Min(ShortWait.TotalSeconds, tries))) * (0.75 + (Random.Shared.NextDouble() / 2));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be worked off; trying again")]
    private partial void CannotSend(Exception failure);
}
