namespace MarketBot.Playground;

/// <summary>A group with the bot in it. Privacy mode is on: the bot sees commands, texts that name it and answers to its messages.</summary>
public sealed class Group
{
    private readonly TelegramWorld _world;

    internal Group(TelegramWorld world, long id, string title)
    {
        _world = world;
        Title = title;
        Chat = new Chat(world, id, null, this);
    }

    /// <summary>The group's id; a new one after <see cref="UpgradeToSupergroup"/>.</summary>
    public long Id => Chat.Id;

    /// <summary>The group's title.</summary>
    public string Title { get; }

    /// <summary>The group's chat.</summary>
    public Chat Chat { get; }

    /// <summary>True when the bot was removed from the group.</summary>
    public bool BotIsGone { get; private set; }

    internal long? OldId { get; private set; }

    /// <summary>Somebody throws the bot out: a my_chat_member update, and 403 for every send.</summary>
    public void KickBot(Person by) => Change(by, isGone: true, "member", "kicked");

    /// <summary>Somebody takes the bot in again: a my_chat_member update.</summary>
    public void AddBot(Person by) => Change(by, isGone: false, "kicked", "member");

    /// <summary>The group becomes a supergroup: calls with the old id fail and name the new one (Bot API: ResponseParameters.migrate_to_chat_id).</summary>
    public void UpgradeToSupergroup(long newId)
    {
        lock (_world.Gate)
        {
            if (_world.FindChat(newId) is not null)
                throw new ArgumentException($"Chat {newId} exists already.", nameof(newId));
            OldId = Chat.Id;
            Chat.Id = newId;
            _world.Move(Chat, newId);
        }
    }

    private void Change(Person by, bool isGone, string before, string after)
    {
        ArgumentNullException.ThrowIfNull(by);
        lock (_world.Gate)
        {
            BotIsGone = isGone;
            _world.Updates.EnqueueMembership(Chat, by, before, after);
            _world.Notify(Chat);
        }
    }
}
