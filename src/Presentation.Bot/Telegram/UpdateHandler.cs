using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Options;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Presentation.Bot.Telegram;

/// <summary>Handles one update: who, route, answer, commit. What comes out is a reply, ready to be sent.</summary>
internal sealed class UpdateHandler(
    IServiceScopeFactory scopes, IStorageHealth storage, ReplySender sender, Incidents incidents, CommandMenus menus, RouteTable routes, BotIdentity identity,
    IOptions<BotOptions> options,
    TimeProvider time) : IUpdateHandler
{
    /// <summary>Marks a group that has been told once.</summary>
    private const string GroupWasTold = "group_was_told";

    private static readonly TimeSpan TypingAfter = TimeSpan.FromSeconds(1.5);

    /// <summary>The time for which Telegram keeps a press (telegram-bot-api, Client.cpp): later nobody waits for the answer.</summary>
    private static readonly TimeSpan LifeOfPress = TimeSpan.FromSeconds(150);

    private readonly Language _default = LanguageChoice.Parse(options.Value.DefaultLanguage) ?? Language.Ru;

    /// <inheritdoc />
    public Task<Answer> Handle(StoredUpdate update, IServiceProvider scope)
    {
        var read = UpdateIntake.Read(update);
        return (Incoming.From(read), read) switch
        {
            ({ } incoming, _) => Handle(incoming, update, scope),
            (_, { MyChatMember: { Chat: not null, NewChatMember: { } member } }) =>
                Task.FromResult(new Answer(null, member.Status is not (ChatMemberStatus.Kicked or ChatMemberStatus.Left))),
            (_, { EditedMessage: { } edited }) when Incoming.From(new Update { Id = read.Id, Message = edited }) is IncomingMessage message =>
                HideEdited(message, scope),
            (_, { Message: { Chat.Type: ChatType.Group or ChatType.Supergroup } message }) => TellGroup(read.Id, message, scope),
            (_, { CallbackQuery: { From: not null } query }) => Task.FromResult(new Answer(new Outgoing
            {
                ChatId = query.From.Id,
                QueryId = query.Id,
                Toast = CommonTexts.Of(LanguageOf(query.From)).OnlyInPrivateToast.Text,
                IsAlert = true,
            })),
            _ => Task.FromResult(Answer.None),
        };
    }

    /// <inheritdoc />
    public bool IsOutage(Exception failure) => failure is RequestException and not ApiRequestException { ErrorCode: 400 or 403 };

    /// <inheritdoc />
    public async Task<IReply?> Apologise(StoredUpdate update, Exception failure)
    {
        var code = await incidents.Report(failure, update.Id, CancellationToken.None);
        if (Incoming.From(UpdateIntake.Read(update)) is not { } incoming)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        var language = LanguageChoice.For(null, incoming.Person, _default);
        try
        {
            language = LanguageChoice.For(
                (await scope.ServiceProvider.GetRequiredService<ICallerStore>().Load(incoming.Person.Id, CancellationToken.None)).Session?.Language,
                incoming.Person, _default);
        }
        catch (Exception unknown) when (!storage.IsOutage(unknown))
        {
            // Reading the person may be what failed: better an apology in the wrong language than none.
        }

        var reply = Reply.Screen(CommonTexts.Of(language).Incident(code), Keyboard.None);
        return Outgoing.From(incoming, reply, deletesMessage: false, language, routes) with { EditMessageId = null };
    }

    /// <inheritdoc />
    public async Task<IReply?> Hide(StoredUpdate update)
    {
        if (Incoming.From(UpdateIntake.Read(update)) is not IncomingMessage { IsContent: true } message)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        var language = _default;
        try
        {
            var caller = scope.ServiceProvider.GetRequiredService<Caller>();
            await caller.Identify(message.Person, message.UpdateId, CancellationToken.None);
            language = LanguageChoice.For(caller.Session.Language, message.Person, _default);
            if (!(await scope.ServiceProvider.GetRequiredService<Router>().SecretOf(message, caller.Session, CancellationToken.None)).IsThere)
                return null;
        }
        catch (Exception unknown) when (!storage.IsOutage(unknown))
        {
            // Reading the person may be why the update is given up: better to delete too much than to leave a secret.
        }

        var warning = CommonTexts.Of(language).DeleteItYourself.Markup;
        return new Outgoing { ChatId = message.ChatId, DeleteMessageId = message.MessageId, HtmlWithWarning = warning };
    }

    /// <summary>Edited messages change nothing, but a secret does not stay in the chat because it was put in afterwards.</summary>
    private async Task<Answer> HideEdited(IncomingMessage message, IServiceProvider scope)
    {
        var caller = scope.GetRequiredService<Caller>();
        await caller.Identify(message.Person, message.UpdateId, CancellationToken.None);
        if (!(await scope.GetRequiredService<Router>().SecretOf(message, caller.Session, CancellationToken.None)).IsThere)
            return Answer.None;

        var language = LanguageChoice.For(caller.Session.Language, message.Person, _default);
        return new Answer(Outgoing.From(message, Reply.Silence, deletesMessage: true, language, routes));
    }

    private async Task<Answer> Handle(Incoming incoming, StoredUpdate stored, IServiceProvider services)
    {
        var isLate = incoming is IncomingPress && time.GetUtcNow().UtcDateTime - stored.ReceivedAt > LifeOfPress;
        if (isLate && !(incoming is IncomingPress { Data: var data } && routes.Button(data)?.Route.ChangesState == true))
            return Answer.None;

        var caller = services.GetRequiredService<Caller>();
        await caller.Identify(incoming.Person, incoming.UpdateId, CancellationToken.None);
        var language = LanguageChoice.For(caller.Session.Language, incoming.Person, _default);
        var router = services.GetRequiredService<Router>();
        var secret = await router.SecretOf(incoming, caller.Session, CancellationToken.None);
        var turnsAwayFromSecret = !secret.IsThere && routes.Answer(caller.Session.Awaited) is { Route.IsSecret: true, Route.IsLeftover: false };
        var turn = new Turn(caller, language, (incoming as IncomingMessage)?.Text) { Key = secret.Key };
        var reply = await Watched(router.Answer(incoming, turn, CancellationToken.None), incoming);
        if (!reply.KeepsAwaiting)
            caller.Session.Await((reply.Awaits ?? (turnsAwayFromSecret ? routes.Leftover : null)) is { } awaited ? routes.Write(awaited) : null);

        await incidents.Report(services.GetRequiredService<Findings>(), stored.Id, CancellationToken.None);
        var outgoing = Outgoing.From(incoming, reply, secret.IsThere, language, routes);
        if (isLate)
            outgoing = outgoing with { QueryId = null };
        outgoing.NothingWaits = !caller.HasWaiting;
        outgoing.Afterwards = menus.Follow(caller, LanguageChoice.For(caller.Session.Language, incoming.Person, _default));
        return new Answer(outgoing, caller.WasUnreachable ? true : null);
    }

    /// <summary>Shows "typing" while an answer to a text takes long; a press shows its own clock.</summary>
    private async Task<Reply> Watched(Task<Reply> answer, Incoming incoming)
    {
        if (answer.IsCompleted || incoming is not IncomingMessage)
            return await answer;

        using var answered = new CancellationTokenSource();
        _ = ShowTypingLater(incoming.ChatId, answered.Token);
        try
        {
            return await answer;
        }
        finally
        {
            await answered.CancelAsync();
        }
    }

    /// <summary>Runs beside the handling, which does not wait for it: by then the handling may hold the right to write.</summary>
    private async Task ShowTypingLater(long chatId, CancellationToken answered)
    {
        try
        {
            await Task.Delay(TypingAfter, time, answered);
            await sender.ShowTyping(chatId, answered);
        }
        catch (Exception) when (answered.IsCancellationRequested)
        {
            // The answer was faster.
        }
    }

    /// <summary>Only private chats are served; a group that talks to the bot is told so once.</summary>
    private async Task<Answer> TellGroup(long updateId, Message message, IServiceProvider scope)
    {
        var username = await identity.Username(CancellationToken.None);
        if (!IsMeant(message, username))
            return Answer.None;

        var group = scope.GetRequiredService<Caller>();
        await group.Identify(new TelegramProfile(new TelegramId(message.Chat.Id), message.Chat.Title ?? ""), updateId, CancellationToken.None);
        var words = CommonTexts.Of(message.From is { } from ? LanguageOf(from) : _default);
        var said = new IncomingMessage(updateId, group.Profile, message.Id, message.Text, IsContent: true, message.Caption);
        var holdsKey = (await scope.GetRequiredService<Router>().SecretOf(said, group.Session, CancellationToken.None)).IsThere;
        var wasTold = group.Session.Awaited == GroupWasTold;
        if (wasTold && !holdsKey)
            return Answer.None;

        group.Session.Await(GroupWasTold);
        Html? told = wasTold ? null : words.OnlyInPrivate(username);
        return new Answer(new Outgoing
        {
            ChatId = message.Chat.Id,
            DeleteMessageId = holdsKey ? message.Id : null,
            Html = told?.Markup,
            HtmlWithWarning = (told is { } text ? Html.Paragraphs(words.DeleteItYourself, text) : words.DeleteItYourself).Markup,
        });
    }

    private static bool IsMeant(Message message, string username)
    {
        if (message.NewChatMembers?.Any(m => string.Equals(m.Username, username, StringComparison.OrdinalIgnoreCase)) == true
            || string.Equals(message.ReplyToMessage?.From?.Username, username, StringComparison.OrdinalIgnoreCase))
            return true;

        var text = message.Text ?? message.Caption ?? "";
        var isCommand = text.StartsWith('/') && !text.Split(' ', '\n')[0].Contains('@', StringComparison.Ordinal);
        return isCommand || text.Contains($"@{username}", StringComparison.OrdinalIgnoreCase);
    }

    private Language LanguageOf(User user) => LanguageChoice.For(null, Incoming.ProfileOf(user), _default);
}
