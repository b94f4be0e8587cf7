namespace MarketBot.Playground;

/// <summary>One line of the inspector: a call, an update, or something that happened in a chat.</summary>
internal sealed class JournalEntry
{
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The chat it belongs to, if any.</summary>
    public long? ChatId { get; init; }

    public ApiCall? Call { get; init; }

    public PendingUpdate? Update { get; init; }

    /// <summary>The event, when it is neither a call nor an update.</summary>
    public string? Note { get; init; }

    /// <summary>Grows whenever the entry changes, over all entries.</summary>
    public long Revision { get; set; }
}

/// <summary>The entries that the inspector shows, bounded by number and by size. Every member is called under the world's gate.</summary>
internal sealed class Journal(TelegramWorld world)
{
    private const int MaxEntries = 2_000;
    private const int MaxBytes = 16 << 20;

    private readonly Queue<JournalEntry> _entries = [];
    private long _lastId;
    private long _bytes;

    /// <summary>The revision of the newest change.</summary>
    public long Revision { get; private set; }

    public IEnumerable<JournalEntry> Since(long revision) => _entries.Where(e => e.Revision > revision);

    public void Add(ApiCall call) => Add(new JournalEntry { Id = ++_lastId, At = call.At, ChatId = call.ChatId, Call = call });

    public void Add(PendingUpdate update)
    {
        if (world.Options.Page)
            update.Entry = Add(new JournalEntry { Id = ++_lastId, At = world.Now, ChatId = update.Chat?.Id, Update = update });
    }

    public void Add(Chat chat, string note) => Add(new JournalEntry { Id = ++_lastId, At = world.Now, ChatId = chat.Id, Note = note });

    /// <summary>The update changed its state.</summary>
    public void Touch(PendingUpdate update)
    {
        if (update.Entry is { } entry)
            entry.Revision = ++Revision;
    }

    public void Clear()
    {
        _entries.Clear();
        _bytes = 0;
        Revision++;
    }

    // Without a page nobody looks.
    private JournalEntry? Add(JournalEntry entry)
    {
        if (!world.Options.Page)
            return null;
        entry.Revision = ++Revision;
        _entries.Enqueue(entry);
        _bytes += SizeOf(entry);
        while (_entries.Count > MaxEntries || (_bytes > MaxBytes && _entries.Count > 1))
            _bytes -= SizeOf(_entries.Dequeue());
        return entry;
    }

    private static int SizeOf(JournalEntry entry) => (entry.Call?.Size ?? 0) + (entry.Update?.Json.Length ?? 0);
}
