using System.Text.Json.Nodes;

namespace MarketBot.Playground;

/// <summary>The state of an update.</summary>
internal enum UpdateState
{
    Waiting,
    HandedOut,
    Confirmed,
    Dropped,
}

/// <summary>An update that the bot has not confirmed.</summary>
internal sealed class PendingUpdate(long id, string kind, byte[] json, DateTimeOffset expires, bool isPinned, Chat? chat, long queue)
{
    public long Id => id;

    /// <summary>The chat it comes from; null for a raw one.</summary>
    public Chat? Chat => chat;

    /// <summary>The webhook's queue: one per kind and chat or person, as in Telegram's own server.</summary>
    public long Queue => queue;

    public UpdateState State { get; set; }

    public JournalEntry? Entry { get; set; }

    public string Kind => kind;

    /// <summary>The whole update object.</summary>
    public byte[] Json => json;

    public DateTimeOffset Expires => expires;

    /// <summary>Its id is lower than one that was used already: it is confirmed only after it was handed out.</summary>
    public bool IsPinned => isPinned;

    public bool WasHandedOut => State == UpdateState.HandedOut;
}

/// <summary>The updates on their way to the bot (Bot API: getUpdates). Every member is called under the world's gate.</summary>
internal sealed class UpdateQueue(TelegramWorld world)
{
    private const int MaxPending = 100_000;
    private const long MaxPendingBytes = 128L << 20;

    private static readonly HashSet<string> OnlyOnRequest = ["chat_member", "message_reaction", "message_reaction_count"];

    private readonly List<PendingUpdate> _pending = [];
    private HashSet<string>? _allowed;
    private long _bytes;
    private long _highestId;
    private DateTimeOffset _nextExpiry = DateTimeOffset.MaxValue;

    /// <summary>Called after every new update.</summary>
    public Action<PendingUpdate>? Arrived { get; set; }

    public long NextId { get; set; } = Random.Shared.Next(100_000_000, 900_000_000);

    public int Count => _pending.Count;

    /// <summary>The kinds the bot asked for; empty for the default.</summary>
    public IEnumerable<string> Allowed => _allowed ?? [];

    public IReadOnlyList<PendingUpdate> Pending => _pending;

    public void Allow(IReadOnlyCollection<string> kinds) => _allowed = kinds.Count > 0 ? [.. kinds] : null;

    public void Clear()
    {
        foreach (var update in _pending)
            Ended(update, UpdateState.Dropped);
        _pending.Clear();
        world.Notify();
    }

    public void EnqueueMessage(string kind, Message message) =>
        Enqueue(kind, TimeSpan.FromSeconds(86_400), message.Chat, message.Chat.Id, (world, message),
            static (w, x) => TelegramJson.WriteMessage(w, x.world, x.message));

    public void EnqueueCallback(CallbackPress press) =>
        Enqueue("callback_query", TimeSpan.FromSeconds(150), press.Chat,
            press.By.Id + (3L << 33), (world, press), static (w, x) => TelegramJson.WriteCallback(w, x.world, x.press));

    public void EnqueuePreCheckout(Payment payment) =>
        Enqueue("pre_checkout_query", TimeSpan.FromSeconds(150), payment.By.Chat,
            payment.By.Id + (4L << 33), payment, static (w, p) => TelegramJson.WritePreCheckout(w, p));

    public void EnqueueMembership(Chat chat, Person by, string before, string after) =>
        Enqueue(
            "my_chat_member", TimeSpan.FromSeconds(86_400), chat, chat.Id + (5L << 33), (world, chat, by, before, after),
            static (w, x) => TelegramJson.WriteMembership(w, x.world, x.chat, x.by, x.before, x.after));

    public long EnqueueRaw(JsonObject update)
    {
        var copy = update.DeepClone().AsObject();
        var id = copy["update_id"]?.GetValue<long>() ?? NextId++;
        copy.Remove("update_id");
        copy.Insert(0, "update_id", id);
        var kind = copy.Count > 1 ? copy.GetAt(1).Key : "";
        Add(new PendingUpdate(
            id, kind, JsonSerializer.SerializeToUtf8Bytes(copy, TelegramJson.Relaxed), world.Now.AddSeconds(86_400), id <= _highestId, null, 0));
        return id;
    }

    /// <summary>Confirms what the offset says, then gives out the next updates.</summary>
    public List<PendingUpdate> Take(int offset, int limit)
    {
        Confirm(offset);
        var batch = new List<PendingUpdate>(Math.Min(limit, _pending.Count));
        foreach (var update in _pending)
        {
            if (batch.Count == limit)
                break;
            HandedOut(update);
            batch.Add(update);
        }

        return batch;
    }

    /// <summary>Somebody is about to get it.</summary>
    public void HandedOut(PendingUpdate update)
    {
        if (update.State != UpdateState.Waiting)
            return;
        update.State = UpdateState.HandedOut;
        world.Journal.Touch(update);
    }

    /// <summary>The bot has it.</summary>
    public void Remove(PendingUpdate update)
    {
        if (!_pending.Remove(update))
            return;
        Ended(update, UpdateState.Confirmed);
        world.Notify();
    }

    public void DropExpired()
    {
        var now = world.Now;
        if (now < _nextExpiry)
            return;
        RemoveWhere(u => u.Expires <= now, UpdateState.Dropped);
        _nextExpiry = _pending.Count == 0 ? DateTimeOffset.MaxValue : _pending.Min(u => u.Expires);
    }

    private void Confirm(int offset)
    {
        DropExpired();
        if (_pending.Count == 0)
            return;
        if (offset < 0)
        {
            var keep = Math.Min(_pending.Count, -(long)offset);
            foreach (var forgotten in _pending.GetRange(0, (int)(_pending.Count - keep)))
                Remove(forgotten);
            return;
        }

        // Like tdlib's queue: an offset far beyond the end, or far before the beginning, is an error and reads from the head.
        var tail = NextId - 1;
        if (offset > 0 && offset <= tail + 10 && offset >= _pending[0].Id - MaxPending)
            RemoveWhere(u => u.Id < offset && (!u.IsPinned || u.WasHandedOut), UpdateState.Confirmed);
        else if (offset > 0 && _pending.FindIndex(u => u.WasHandedOut && u.Id == offset - 1) is >= 0 and var last)
            foreach (var confirmed in _pending.GetRange(0, last + 1))
                Remove(confirmed);
    }

    private void RemoveWhere(Predicate<PendingUpdate> match, UpdateState end)
    {
        var count = _pending.RemoveAll(u =>
        {
            if (!match(u))
                return false;
            Ended(u, end);
            return true;
        });
        if (count > 0)
            world.Notify();
    }

    private void Ended(PendingUpdate update, UpdateState end)
    {
        update.State = end;
        _bytes -= update.Json.Length;
        if (update.Chat is { } chat)
            chat.PendingUpdates--;
        world.Journal.Touch(update);
    }

    private void Enqueue<T>(string kind, TimeSpan retention, Chat chat, long queue, T state, Action<Utf8JsonWriter, T> write)
    {
        if (_allowed is null ? OnlyOnRequest.Contains(kind) : !_allowed.Contains(kind))
            return;
        var id = NextId++;
        var json = TelegramJson.Bytes((id, kind, state, write), static (w, x) =>
        {
            w.WriteStartObject();
            w.WriteNumber("update_id", x.id);
            w.WritePropertyName(x.kind);
            x.write(w, x.state);
            w.WriteEndObject();
        });
        Add(new PendingUpdate(id, kind, json, world.Now + retention, id <= _highestId, chat, queue));
    }

    // Beyond Telegram's caps new updates are dropped.
    private void Add(PendingUpdate update)
    {
        if (_pending.Count >= MaxPending || _bytes + update.Json.Length > MaxPendingBytes)
            return;
        _highestId = Math.Max(_highestId, update.Id);
        _pending.Add(update);
        _bytes += update.Json.Length;
        if (update.Expires < _nextExpiry)
            _nextExpiry = update.Expires;
        if (update.Chat is { } chat)
            chat.PendingUpdates++;
        world.Journal.Add(update);
        Arrived?.Invoke(update);
        world.Notify();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} pending, next {NextId}");
}
