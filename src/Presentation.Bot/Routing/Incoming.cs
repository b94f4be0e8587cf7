using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace MarketBot.Presentation.Bot.Routing;

/// <summary>An action of a person in the private chat with the bot.</summary>
/// <param name="UpdateId">The update (Bot API: <c>Update.update_id</c>).</param>
/// <param name="Person">Who.</param>
internal abstract record Incoming(long UpdateId, TelegramProfile Person)
{
    /// <summary>The private chat has the person's own id.</summary>
    public long ChatId => Person.Id.Value;

    /// <summary>Reads the action from an update; null: the update is not an action of a person in a private chat.</summary>
    public static Incoming? From(Update update) => update switch
    {
        { Message: { Chat.Type: ChatType.Private, From: { IsBot: false } from } message } => new IncomingMessage(
            update.Id, ProfileOf(from), message.Id, message.Text, IsContent(message.Type), message.Caption),
        { CallbackQuery: { From: { IsBot: false } from, Message: null or { Chat.Type: ChatType.Private } } query } => new IncomingPress(
            update.Id, ProfileOf(from), query.Id, query.Data, query.Message is { } on && on.Date != default ? on.Id : null),
        _ => null,
    };

    public static TelegramProfile ProfileOf(User user) =>
        new(new TelegramId(user.Id), user.FirstName, user.LastName ?? "", user.Username ?? "", user.LanguageCode);

    /// <summary>Something a person sent, as opposed to a note of Telegram's about the chat.</summary>
    private static bool IsContent(MessageType type) => type
        is MessageType.Text or MessageType.Photo or MessageType.Audio or MessageType.Video or MessageType.Voice or MessageType.Document or MessageType.Sticker
        or MessageType.Location or MessageType.Contact or MessageType.Venue or MessageType.Game or MessageType.VideoNote or MessageType.Animation
        or MessageType.Poll or MessageType.Dice or MessageType.Story;
}

/// <summary>A message.</summary>
/// <param name="UpdateId">The update.</param>
/// <param name="Person">The sender.</param>
/// <param name="MessageId">The message.</param>
/// <param name="Text">Its text; null when it is a photo, a sticker and so on.</param>
/// <param name="IsContent">False for Telegram's own notes, such as a pinned message.</param>
/// <param name="Caption">The text below a photo, a document and so on; null: none.</param>
internal sealed record IncomingMessage(long UpdateId, TelegramProfile Person, int MessageId, string? Text, bool IsContent, string? Caption = null)
    : Incoming(UpdateId, Person)
{
    /// <summary>The only word of the text or caption, or the only one behind a command; null: there are more or none.</summary>
    public string? OnlyWord
    {
        get
        {
            var said = (Text ?? Caption ?? "").Trim();
            if (said.StartsWith('/') && said.AsSpan().IndexOfAny(' ', '\n', '\t') is > 0 and var end)
                said = said[end..].Trim();
            return said.Length > 0 && !said.Any(char.IsWhiteSpace) ? said : null;
        }
    }

    /// <summary>The word of the command the text begins with, without slash and bot name, in lower case; null when it is none.</summary>
    public string? CommandWord
    {
        get
        {
            if (Text is not ['/', .., _])
                return null;

            var word = Text.AsSpan(1);
            if (word.IndexOfAny(" \n\t@") is >= 0 and var end)
                word = word[..end];
            return word.ToString().ToLowerInvariant();
        }
    }
}

/// <summary>A press of a button.</summary>
/// <param name="UpdateId">The update.</param>
/// <param name="Person">The person who pressed.</param>
/// <param name="QueryId">The id for the answer (Bot API: <c>CallbackQuery.id</c>).</param>
/// <param name="Data">The callback data; from outside, so it may say anything.</param>
/// <param name="MessageId">The message under which the button was; null when it is inaccessible and cannot be edited.</param>
internal sealed record IncomingPress(long UpdateId, TelegramProfile Person, string QueryId, string? Data, int? MessageId) : Incoming(UpdateId, Person);
