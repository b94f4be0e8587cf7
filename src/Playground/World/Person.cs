namespace MarketBot.Playground;

/// <summary>Somebody who uses the bot. What they do becomes updates at once.</summary>
public sealed class Person
{
    private readonly TelegramWorld _world;

    internal Person(TelegramWorld world, long id, string firstName, string lastName, string? username, string? languageCode, string hint)
    {
        _world = world;
        (Id, FirstName, LastName, Username, LanguageCode, Hint) = (id, firstName, lastName, username, languageCode, hint);
        Chat = new Chat(world, id, this, null);
    }

    /// <summary>The user id, which is also the id of the private chat with the bot.</summary>
    public long Id { get; }

    /// <summary>The first name.</summary>
    public string FirstName { get; }

    /// <summary>The last name; may be empty.</summary>
    public string LastName { get; }

    /// <summary>The username without <c>@</c>, if any.</summary>
    public string? Username { get; }

    /// <summary>The IETF tag of the person's app; may be unset and may be changed.</summary>
    public string? LanguageCode { get; set; }

    /// <summary>A hint of something to try as this person; shown on the page only.</summary>
    public string Hint { get; }

    /// <summary>The private chat with the bot.</summary>
    public Chat Chat { get; }

    /// <summary>True while this person blocks the bot.</summary>
    public bool HasBlockedBot { get; private set; }

    /// <summary>True when the account is deleted.</summary>
    public bool IsDeactivated { get; private set; }

    /// <summary>True once the person has written to the bot; before, the bot may not write to them.</summary>
    public bool HasStarted { get; internal set; }

    /// <summary>Sends a text to the bot. <c>/start</c> unblocks it first, as the app's Restart button does.</summary>
    public Message Send(string text, Message? replyTo = null) => SendText(Chat, text, replyTo);

    /// <summary>Sends a text to a group.</summary>
    public Message SendTo(Group group, string text, Message? replyTo = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        return SendText(group.Chat, text, replyTo);
    }

    /// <summary>Changes the text of an own message.</summary>
    public Message Edit(Message own, string text)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        lock (_world.Gate)
        {
            CheckAlive();
            if (own.From != this || own.IsDeleted)
                throw new InvalidOperationException("Only an own message that is still there can be edited.");
            own.Content = own.Content with { Text = Formatted(text), EditDate = _world.Now, Edits = own.Edits + 1 };
            _world.Notify(own.Chat);
            if (!own.Chat.IsHiddenFromBot(own, _world))
                _world.Updates.EnqueueMessage("edited_message", own);
            return own;
        }
    }

    /// <summary>Sends a photo, with a caption if one is given.</summary>
    public Message SendPhoto(string caption = "") => SendMedia(MessageKind.Photo, caption);

    /// <summary>Sends a sticker.</summary>
    public Message SendSticker() => SendMedia(MessageKind.Sticker);

    /// <summary>Sends the own contact.</summary>
    public Message SendContact() => SendMedia(MessageKind.Contact);

    /// <summary>Sends a voice message.</summary>
    public Message SendVoice() => SendMedia(MessageKind.Voice);

    /// <summary>Presses the button with this label or data on the newest message that has one (or on the given message).</summary>
    /// <exception cref="InvalidOperationException">No such button is visible.</exception>
    public CallbackPress Press(string labelOrData, Message? on = null)
    {
        lock (_world.Gate)
        {
            CheckAlive();
            var message = on ?? Chat.Messages.LastOrDefault(m => m.FromBot && m.HasButton(labelOrData));
            if (message is null || message.IsDeleted || message.Buttons.FirstOrDefault(b => b.Text == labelOrData || b.Data == labelOrData) is not { } button)
                throw new InvalidOperationException($"{FirstName} sees no button “{labelOrData}”.\n{Chat.Transcript()}");
            if (button.Data is not { } data)
                throw new InvalidOperationException($"The button “{labelOrData}” sends nothing to the bot.");
            return Press(message.Chat, data, message, message.Id, button.Text);
        }
    }

    /// <summary>Sends callback data that no button has, as a modified app can (Bot API: CallbackQuery.data).</summary>
    public CallbackPress PressData(Message on, string rawData)
    {
        ArgumentNullException.ThrowIfNull(on);
        ArgumentNullException.ThrowIfNull(rawData);
        lock (_world.Gate)
        {
            CheckAlive();
            return Press(on.Chat, rawData, on.IsDeleted ? null : on, on.Id);
        }
    }

    /// <summary>Presses a button of a message that the bot can no longer read: it comes with date 0 (Bot API: InaccessibleMessage).</summary>
    public CallbackPress PressInaccessible(int messageId, string data)
    {
        ArgumentNullException.ThrowIfNull(data);
        lock (_world.Gate)
        {
            CheckAlive();
            return Press(Chat, data, null, messageId);
        }
    }

    /// <summary>Deletes a message of the private chat for both sides; the bot is not told.</summary>
    public void Delete(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (_world.Gate)
        {
            if (!message.IsDeleted)
                message.Chat.Remove(message);
        }
    }

    /// <summary>Blocks the bot: a my_chat_member update, and 403 for every send from then on.</summary>
    public void Block()
    {
        lock (_world.Gate)
        {
            SetBlocked(true);
            _world.Recorder.Blocked(this, true);
        }
    }

    /// <summary>Unblocks the bot, with a my_chat_member update.</summary>
    public void Unblock()
    {
        lock (_world.Gate)
        {
            SetBlocked(false);
            _world.Recorder.Blocked(this, false);
        }
    }

    /// <summary>Deletes the account: every send to it fails with 403.</summary>
    public void Deactivate()
    {
        lock (_world.Gate)
        {
            IsDeactivated = true;
            _world.Notify(Chat);
        }
    }

    /// <summary>Pays an invoice message: the bot is asked first (pre_checkout_query) and told afterwards (successful_payment).</summary>
    public Payment Pay(Message invoice)
    {
        ArgumentNullException.ThrowIfNull(invoice);
        return Pay(invoice.Invoice ?? throw new InvalidOperationException("The message is not an invoice."), invoice);
    }

    /// <summary>Pays an invoice by its link (createInvoiceLink).</summary>
    public Payment PayLink(string link) => Pay(_world.Payments.ByLink(link) ?? throw new InvalidOperationException($"No invoice {link}."), null);

    private Payment Pay(Invoice invoice, Message? message)
    {
        lock (_world.Gate)
        {
            CheckAlive();
            HasStarted = true;
            var payment = _world.Payments.Begin(this, invoice, message);
            if (message is not null)
                _world.Recorder.Paid(payment);
            return payment;
        }
    }

    private CallbackPress Press(Chat chat, string data, Message? message, int messageId, string? label = null)
    {
        HasStarted = true;
        var press = _world.Callbacks.Press(this, chat, data, message, messageId);
        _world.Recorder.Pressed(press, label);
        return press;
    }

    private Message SendText(Chat chat, string text, Message? replyTo)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        lock (_world.Gate)
        {
            CheckAlive();
            var formatted = Formatted(text);
            if (formatted.Text.Length is 0 or > 4096)
                throw new ArgumentException("A message has 1 to 4096 characters.", nameof(text));
            if (chat == Chat && HasBlockedBot)
            {
                if (!formatted.Text.StartsWith("/start", StringComparison.Ordinal))
                    throw new InvalidOperationException($"{FirstName} has blocked the bot; only /start unblocks it.");
                SetBlocked(false);
            }

            var message = Post(chat, MessageKind.Text, formatted, replyTo);
            if (chat == Chat)
                _world.Recorder.Sent(message);
            return message;
        }
    }

    private Message SendMedia(MessageKind kind, string caption = "")
    {
        lock (_world.Gate)
        {
            CheckAlive();
            return Post(Chat, kind, caption.Length > 0 ? Formatted(caption) : FormattedText.Empty, null);
        }
    }

    private Message Post(Chat chat, MessageKind kind, FormattedText text, Message? replyTo)
    {
        var message = new Message(chat, _world.NextMessageId(), this, _world.Now, kind, new MessageContent(text, Keyboard.None)) { ReplyTo = replyTo };
        if (chat == Chat)
            HasStarted = true;
        chat.Add(message);
        if (!chat.IsHiddenFromBot(message, _world))
            _world.Updates.EnqueueMessage("message", message);
        return message;
    }

    private void SetBlocked(bool blocked)
    {
        if (HasBlockedBot == blocked)
            return;
        HasBlockedBot = blocked;
        _world.Journal.Add(Chat, blocked ? $"{FirstName} blocked the bot" : $"{FirstName} unblocked the bot");
        _world.Updates.EnqueueMembership(Chat, this, blocked ? "member" : "kicked", blocked ? "kicked" : "member");
        _world.Notify(Chat);
    }

    private void CheckAlive()
    {
        if (IsDeactivated)
            throw new InvalidOperationException($"The account of {FirstName} is deleted.");
    }

    private static FormattedText Formatted(string text) =>
        EntityFinder.Mark(Scalars.Tidy(new FormattedText(Scalars.Repair(text), [])));
}

internal static class PrivacyMode
{
    /// <summary>In a group the bot gets commands, texts that name it and answers to its own messages (Bot API: User.can_read_all_group_messages).</summary>
    public static bool IsHiddenFromBot(this Chat chat, Message message, TelegramWorld world) => chat.Group is { } group
        && (group.BotIsGone
            || !(message.Text.StartsWith('/')
                || message.Text.Contains('@' + world.Options.BotUsername, StringComparison.OrdinalIgnoreCase)
                || message.ReplyTo is { FromBot: true }));
}
