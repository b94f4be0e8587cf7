namespace MarketBot.Playground;

/// <summary>sendMessage, editMessageText, editMessageReplyMarkup, deleteMessage, sendChatAction.</summary>
internal sealed class MessageMethods(TelegramWorld world)
{
    private readonly FloodControl _flood = new(world);

    private static readonly TimeSpan DeleteWindow = TimeSpan.FromHours(48);

    private static readonly HashSet<string> Actions =
    [
        "cancel", "typing", "record_video", "upload_video", "record_audio", "upload_audio", "record_voice", "upload_voice", "upload_photo",
        "upload_document", "choose_sticker", "find_location", "pick_up_location", "record_video_note", "upload_video_note",
    ];

    public byte[] Send(Parameters parameters)
    {
        var text = MessageText.Read(parameters, world);
        var keyboard = KeyboardReader.Read(parameters);
        var chat = ChatOf(parameters, toWrite: true);
        return Json(Post(parameters, chat, MessageKind.Text, new MessageContent(text, keyboard), null));
    }

    public byte[] EditText(Parameters parameters)
    {
        var text = MessageText.Read(parameters, world, "MESSAGE_TOO_LONG");
        var keyboard = KeyboardReader.Read(parameters, onlyInline: true);
        var message = MessageOf(parameters, "message to edit", toWrite: true);
        if (!message.FromBot)
            throw ApiFailure.BadRequest("message can't be edited");
        if (message.Kind != MessageKind.Text)
            throw ApiFailure.BadRequest("there is no text in the message to edit");
        return Edit(message, text, keyboard);
    }

    public byte[] EditReplyMarkup(Parameters parameters)
    {
        var keyboard = KeyboardReader.Read(parameters, onlyInline: true);
        var message = MessageOf(parameters, "message to edit", toWrite: true);
        if (!message.FromBot)
            throw ApiFailure.BadRequest("message can't be edited");
        return Edit(message, message.Content.Text, keyboard);
    }

    public byte[] Delete(Parameters parameters)
    {
        if (parameters["chat_id"].Length == 0)
            throw ApiFailure.BadRequest("chat identifier is not specified");
        if (parameters.Int("message_id", 0) <= 0)
            throw ApiFailure.BadRequest("message identifier is not specified");
        var message = MessageOf(parameters, "message to delete", toWrite: false);

        // In private chats bots delete both sides' messages; in groups only their own, not being an administrator here.
        if (world.Now - message.Date > DeleteWindow || (message.Chat.Group is not null && !message.FromBot))
            throw ApiFailure.BadRequest("message can't be deleted for everyone");
        message.Chat.Remove(message);
        return TelegramJson.True;
    }

    public byte[] SendChatAction(Parameters parameters)
    {
        var action = parameters["action"];
        if (action.Length == 0)
            throw ApiFailure.BadRequest("parameter \"action\" is required");
        if (!Actions.Contains(action))
            throw ApiFailure.BadRequest("wrong parameter action in request");
        var chat = ChatOf(parameters, toWrite: true);
        chat.LastAction = action == "cancel" ? null : action;
        chat.ActionAt = world.Now;
        world.Notify(chat);
        return TelegramJson.True;
    }

    /// <summary>The chat of the call, when the bot may write there.</summary>
    public Chat ChatOf(Parameters parameters, bool toWrite)
    {
        var id = parameters["chat_id"];
        if (id.Length == 0)
            throw ApiFailure.BadRequest("chat_id is empty");
        if (id[0] == '@' || world.FindChat(parameters.Long("chat_id")) is not { } chat)
            throw ApiFailure.BadRequest("chat not found");

        if (chat.Group is { } group)
        {
            if (group.OldId == parameters.Long("chat_id"))
                throw new ApiFailure(400, "Bad Request: group chat was upgraded to a supergroup chat", migrateToChatId: chat.Id);
            if (group.BotIsGone)
                throw ApiFailure.Forbidden($"bot was kicked from the {chat.Type} chat");
            return chat;
        }

        var person = chat.Owner!;
        if (person.IsDeactivated)
            throw ApiFailure.Forbidden("user is deactivated");
        if (toWrite && !person.HasStarted)
            throw ApiFailure.Forbidden("bot can't initiate conversation with a user");
        if (toWrite && person.HasBlockedBot)
            throw ApiFailure.Forbidden("bot was blocked by the user");
        return chat;
    }

    public Message Post(Parameters parameters, Chat chat, MessageKind kind, MessageContent content, Invoice? invoice)
    {
        var reply = ReplyOf(parameters, chat);
        _flood.Count(chat);
        var message = new Message(chat, world.NextMessageId(), null, world.Now, kind, content)
        {
            ReplyTo = reply,
            IsProtected = parameters.Bool("protect_content"),
            IsSilent = parameters.Bool("disable_notification"),
            Invoice = invoice,
        };
        chat.Add(message);
        return message;
    }

    public byte[] Json(Message message) => TelegramJson.Bytes((world, message), static (w, x) => TelegramJson.WriteMessage(w, x.world, x.message));

    private byte[] Edit(Message message, FormattedText text, Keyboard keyboard)
    {
        var content = message.Content;
        if (content.Text.Same(text) && content.Keyboard.Json == keyboard.Json)
            throw ApiFailure.BadRequest(
                "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the "
                + "message");

        message.Content = new MessageContent(text, keyboard) { EditDate = world.Now, Edits = content.Edits + 1 };
        message.Chat.Show(message);
        world.Notify(message.Chat);
        return Json(message);
    }

    private Message MessageOf(Parameters parameters, string what, bool toWrite)
    {
        var id = parameters.Int("message_id", 0);
        if (parameters["chat_id"].Length == 0 && id <= 0)
            throw ApiFailure.BadRequest(parameters["inline_message_id"].Length == 0 ? "message identifier is not specified" : "MESSAGE_ID_INVALID");
        var chat = ChatOf(parameters, toWrite);
        return (id > 0 ? chat.Find(id) : null) ?? throw ApiFailure.BadRequest(what + " not found");
    }

    private static Message? ReplyOf(Parameters parameters, Chat chat)
    {
        if (parameters.Json("reply_parameters", "reply parameters") is not { } reply)
            return null;
        try
        {
            var id = (int)reply.RequiredLong("message_id");
            return chat.Find(id)
                ?? (reply.OptionalBool("allow_sending_without_reply") ? null : throw ApiFailure.BadRequest("message to be replied not found"));
        }
        catch (FieldProblem problem)
        {
            throw problem.ToFailure();
        }
    }
}
