using MarketBot.Application.Common;
using MarketBot.Domain.Accounts;
using MarketBot.Presentation.Bot.Core;
using Microsoft.Extensions.Options;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Presentation.Bot.Updates;

/// <summary>Handles one update from beginning to end: who, route, answer, commit, send.</summary>
internal sealed class UpdateHandler(
    IServiceScopeFactory scopes, ReplySender sender, CommandMenus menus, Incidents incidents, BotIdentity identity, IOptions<BotOptions> options, TimeProvider time)
{
    /// <summary>Marks a group that has been told once.</summary>
    private const string GroupWasTold = "group_was_told";

    private static readonly TimeSpan TypingAfter = TimeSpan.FromSeconds(1.5);

    private readonly Language _default = LanguageChoice.Parse(options.Value.DefaultLanguage) ?? Language.Ru;

    /// <summary>The lane an update belongs to: the person's, or the chat's when there is none (Bot API: <c>Update</c>).</summary>
    public static long LaneOf(Update update) =>
        Incoming.From(update)?.ChatId
        ?? update.MyChatMember?.From.Id
        ?? update.Message?.Chat.Id
        ?? update.CallbackQuery?.From.Id
        ?? 0;

    /// <summary>Handles the update; nothing it meets is thrown, but for the host's stop.</summary>
    public Task Handle(Update update, CancellationToken ct) => (Incoming.From(update), update) switch
    {
        ({ } incoming, _) => Handle(incoming, ct),
        (_, { MyChatMember: { Chat.Type: ChatType.Private } change }) => NoteReachability(change, ct),
        (_, { Message: { Chat.Type: ChatType.Group or ChatType.Supergroup } message }) => TellGroup(update.Id, message, ct),
        (_, { CallbackQuery: { } query }) => sender.AnswerOnly(query.Id, CommonTexts.Of(LanguageOf(query.From)).OnlyInPrivateToast, ct),
        _ => Task.CompletedTask,
    };

    private async Task Handle(Incoming incoming, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var caller = services.GetRequiredService<Caller>();
        var language = LanguageChoice.For(null, incoming.Person, _default);
        var heldSecret = false;
        Reply reply;
        try
        {
            await caller.Identify(incoming.Person, incoming.UpdateId, ct);
            language = LanguageChoice.For(caller.Session.Language, incoming.Person, _default);
            if (caller.WasUnreachable)
                await services.GetRequiredService<IReachability>().MarkReachable(incoming.Person.Id, ct);

            var router = services.GetRequiredService<Router>();
            heldSecret = router.HoldsSecret(incoming, caller.Session);
            reply = await Watched(router.Answer(incoming, new Turn(caller, language, (incoming as IncomingMessage)?.Text), ct), incoming, ct);
            if (!reply.KeepsAwaiting)
                caller.Session.Await(reply.Awaits is { } awaited ? services.GetRequiredService<RouteTable>().Write(awaited) : null);
            await services.GetRequiredService<IUnitOfWork>().Complete(caller.Session, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            var code = await incidents.Report(failure, incoming.UpdateId, ct);
            reply = Reply.Screen(CommonTexts.Of(language).Incident(code), Keyboard.None);
            if (incoming is IncomingPress press)
                incoming = press with { MessageId = null };
        }

        if (reply.RefreshesCommands)
            language = LanguageChoice.For(caller.Session.Language, incoming.Person, _default);
        var menu = reply.RefreshesCommands ? menus.SetFor(incoming.ChatId, caller.IsSignedIn ? caller.User!.Role : null, language, ct) : Task.CompletedTask;
        if (await sender.Send(incoming, reply, heldSecret, language, ct) == Delivery.Unreachable)
            await services.GetRequiredService<IReachability>().MarkUnreachable(incoming.Person.Id, ct);
        await menu;
    }

    /// <summary>Shows "typing" while an answer to a text takes long; a press shows its own clock.</summary>
    private async Task<Reply> Watched(Task<Reply> answer, Incoming incoming, CancellationToken ct)
    {
        if (answer.IsCompleted || incoming is not IncomingMessage)
            return await answer;

        using var soon = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var late = Task.Delay(TypingAfter, time, soon.Token);
        if (await Task.WhenAny(answer, late) == late && !ct.IsCancellationRequested)
            await sender.ShowTyping(incoming.ChatId, ct);
        await soon.CancelAsync();
        return await answer;
    }

    private async Task NoteReachability(ChatMemberUpdated change, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var reachability = scope.ServiceProvider.GetRequiredService<IReachability>();
        var person = new TelegramId(change.From.Id);
        await (change.NewChatMember.Status == ChatMemberStatus.Kicked ? reachability.MarkUnreachable(person, ct) : reachability.MarkReachable(person, ct));
    }

    /// <summary>Only private chats are served; a group that talks to the bot is told so once.</summary>
    private async Task TellGroup(long updateId, Message message, CancellationToken ct)
    {
        var username = await identity.Username(ct);
        if (!IsMeant(message, username))
            return;

        await using var scope = scopes.CreateAsyncScope();
        var group = scope.ServiceProvider.GetRequiredService<Caller>();
        await group.Identify(new TelegramProfile(new TelegramId(message.Chat.Id), message.Chat.Title ?? ""), updateId, ct);
        if (group.Session.Awaited == GroupWasTold)
            return;

        group.Session.Await(GroupWasTold);
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().Complete(group.Session, ct);
        await sender.Send(message.Chat.Id, CommonTexts.Of(message.From is { } from ? LanguageOf(from) : _default).OnlyInPrivate(username), ct);
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
