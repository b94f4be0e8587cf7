using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace MarketBot.Playground;

/// <summary>
/// Everything this Telegram knows: people, chats, updates on their way to the bot, and what the bot did. All members may be used from any thread.
/// </summary>
public sealed class TelegramWorld
{
    private readonly Dictionary<long, Person> _people = [];
    private readonly List<Person> _peopleInOrder = [];
    private readonly Dictionary<long, Chat> _chats = [];
    private readonly Queue<Chat> _messagesByAge = [];
    private TaskCompletionSource? _change;
    private int _lastMessageId;

    internal TelegramWorld(PlaygroundOptions options)
    {
        Options = options;
        BotId = options.BotId;
        Journal = new Journal(this);
        Recorder = new Recorder(this);
        Updates = new UpdateQueue(this);
        Log = new CallLog(this, options.MaxCalls);
        Callbacks = new CallbackDesk(this);
        Payments = new PaymentDesk(this);
        AddDemoPeople();
    }

    /// <summary>Faults to come: the next calls of a method fail, hang or lose their connection.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>The finished API calls, oldest first; at most <see cref="PlaygroundOptions.MaxCalls"/>.</summary>
    public IReadOnlyList<ApiCall> Calls => Log.Snapshot();

    /// <summary>
    /// Calls that broke a rule of Telegram: refused with 400, 404 or 413, except refusals that a correct bot meets too (not modified, query too old, message
    /// gone).
    /// </summary>
    public IReadOnlyList<ApiCall> Violations => [.. Log.Snapshot().Where(c => c.IsViolation)];

    /// <summary>The number of updates that the bot has not confirmed yet.</summary>
    public int PendingUpdates
    {
        get
        {
            lock (Gate)
                return Updates.Count;
        }
    }

    /// <summary>The id of the next update. May be set, also backwards: after a quiet week Telegram starts anywhere (Bot API: Update.update_id).</summary>
    public long NextUpdateId
    {
        get
        {
            lock (Gate)
                return Updates.NextId;
        }

        set
        {
            lock (Gate)
                Updates.NextId = value;
        }
    }

    /// <summary>The people, in the order in which they were added.</summary>
    public IReadOnlyList<Person> People
    {
        get
        {
            lock (Gate)
                return [.. _peopleInOrder];
        }
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<Group> Groups
    {
        get
        {
            lock (Gate)
                return [.. _chats.Values.Select(c => c.Group).OfType<Group>()];
        }
    }

    /// <summary>The commands and descriptions that the bot has set.</summary>
    public BotProfile Profile { get; } = new();

    /// <summary>The webhook as setWebhook left it; its address is empty while the bot polls.</summary>
    public WebhookSettings Webhook { get; internal set; } = WebhookSettings.None;

    internal PlaygroundOptions Options { get; }

    internal long BotId { get; }

    internal Lock Gate { get; } = new();

    internal UpdateQueue Updates { get; }

    internal CallLog Log { get; }

    internal CallbackDesk Callbacks { get; }

    internal PaymentDesk Payments { get; }

    internal Journal Journal { get; }

    internal Recorder Recorder { get; }

    internal long Version { get; private set; }

    internal int ProfileVersion { get; private set; }

    /// <summary>Grows with every reset.</summary>
    internal int Epoch { get; private set; }

    /// <summary>The number of calls under way, without getUpdates.</summary>
    internal int CallsInFlight { get; set; }

    /// <summary>True while a long poll waits for updates.</summary>
    internal bool IsPolled { get; set; }

    internal DateTimeOffset Now => Options.Time.GetUtcNow();

    /// <summary>
    /// True when the bot has nothing left to do as far as Telegram can see: it confirmed every update, answered every press and every pre-checkout, has no call
    /// under way, and waits for updates. A bot that confirms updates before it handles them looks settled too early; wait for what it shows instead.
    /// </summary>
    public bool IsSettled
    {
        get
        {
            lock (Gate)
                return WhatIsOpen() is null;
        }
    }

    /// <summary>Waits until <see cref="IsSettled"/> has held for the quiet time.</summary>
    /// <exception cref="TimeoutException">Something stayed open; the message says what, and has the transcript of all chats.</exception>
    public async Task Settled(TimeSpan quiet, TimeSpan timeout, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(timeout);
        while (true)
        {
            var change = NextChange();
            try
            {
                if (!IsSettled)
                    await change.WaitAsync(deadline.Token);
                else if (quiet <= TimeSpan.Zero || await Task.WhenAny(change, Task.Delay(quiet, deadline.Token)) != change)
                    return;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                string open;
                lock (Gate)
                    open = WhatIsOpen() ?? "it changes all the time";
                throw new TimeoutException($"The bot did not settle: {open}.\n{Transcript()}");
            }
        }
    }

    /// <summary>
    /// Begins anew: chats, updates, calls, faults and people are forgotten, the demo people come back. What the bot stores itself is not touched.
    /// </summary>
    public void Reset()
    {
        lock (Gate)
        {
            Updates.Clear();
            Log.Clear();
            Journal.Clear();
            Callbacks.Clear();
            Payments.Clear();
            Faults.Clear();
            Recorder.Stop();
            Profile.ForgetChats();
            _people.Clear();
            _peopleInOrder.Clear();
            _chats.Clear();
            _messagesByAge.Clear();
            Epoch++;
            AddDemoPeople();
            Notify();
        }
    }

    /// <summary>Adds a person who has not written to the bot yet.</summary>
    public Person AddPerson(long id, string firstName, string lastName = "", string? username = null, string? languageCode = "ru", string hint = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(firstName);
        if (id is <= 0 or >= 1L << 52)
            throw new ArgumentOutOfRangeException(nameof(id), id, "Telegram's user ids are positive and have at most 52 bits.");

        lock (Gate)
        {
            if (_people.ContainsKey(id))
                throw new ArgumentException($"Person {id} exists already.", nameof(id));
            var person = new Person(this, id, Scalars.Repair(firstName), Scalars.Repair(lastName), username, languageCode, hint);
            _people.Add(id, person);
            _peopleInOrder.Add(person);
            _chats.Add(id, person.Chat);
            Notify(person.Chat);
            ForgetIdlePeople();
            return person;
        }
    }

    /// <summary>Adds a group of which the bot is a member; ids are negative, those of supergroups begin with -100.</summary>
    public Group AddGroup(long id, string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        if (id is >= 0 or <= -(1L << 52))
            throw new ArgumentOutOfRangeException(nameof(id), id, "Ids of groups are negative and have at most 52 bits.");

        lock (Gate)
        {
            if (_chats.ContainsKey(id))
                throw new ArgumentException($"Chat {id} exists already.", nameof(id));
            var group = new Group(this, id, Scalars.Repair(title));
            _chats.Add(id, group.Chat);
            Notify(group.Chat);
            return group;
        }
    }

    /// <summary>The person with this id.</summary>
    public Person Person(long id) => FindPerson(id) ?? throw new KeyNotFoundException($"No person {id}.");

    /// <summary>The person with this id, or null.</summary>
    public Person? FindPerson(long id)
    {
        lock (Gate)
            return _people.GetValueOrDefault(id);
    }

    /// <summary>The chat with this id, or null.</summary>
    public Chat? FindChat(long id)
    {
        lock (Gate)
            return _chats.GetValueOrDefault(id);
    }

    /// <summary>
    /// Puts a raw update into the queue, past <c>allowed_updates</c>: kinds that no person here makes, or a copy of an earlier one when it has an
    /// <c>update_id</c>.
    /// </summary>
    public long Deliver(JsonObject update)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (Gate)
            return Updates.EnqueueRaw(update);
    }

    /// <summary>Waits until the condition holds, 30 seconds at most; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It never held; the message has the transcript of all chats.</exception>
    public Task Until(Func<bool> condition, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Until(condition, TimeSpan.FromSeconds(30), ct, what);

    /// <summary>Waits until the condition holds; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It never held; the message has the transcript of all chats.</exception>
    public Task Until(Func<bool> condition, TimeSpan timeout, CancellationToken ct, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        return WaitFor(() => condition() ? this : null, timeout, ct, what);
    }

    /// <summary>Waits until the look-up finds something, 30 seconds at most, and gives it back; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It found nothing; the message has the transcript of all chats.</exception>
    public Task<T> WaitFor<T>(Func<T?> find, CancellationToken ct, [CallerArgumentExpression(nameof(find))] string what = "")
        where T : class => WaitFor(find, TimeSpan.FromSeconds(30), ct, what);

    /// <summary>Waits until the look-up finds something, and gives it back; looks again after every change of this world.</summary>
    /// <exception cref="TimeoutException">It found nothing; the message has the transcript of all chats.</exception>
    public async Task<T> WaitFor<T>(Func<T?> find, TimeSpan timeout, CancellationToken ct, [CallerArgumentExpression(nameof(find))] string what = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(find);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(timeout);
        while (true)
        {
            var change = NextChange();
            if (find() is { } found)
                return found;
            try
            {
                await change.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain for: {what}\n{Transcript()}");
            }
        }
    }

    /// <summary>All chats that have messages, the last calls and what is still on its way, as text for a failed test.</summary>
    public string Transcript()
    {
        var text = new StringBuilder();
        Chat[] chats;
        lock (Gate)
            chats = [.. _chats.Values];
        foreach (var chat in chats)
            chat.Write(text);

        text.AppendLine(CultureInfo.InvariantCulture, $"--- updates not confirmed: {PendingUpdates}; last calls:");
        foreach (var call in Calls.Where(c => c.Method != "getUpdates" || !c.Ok).TakeLast(30))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {call}");
        return text.ToString();
    }

    /// <summary>Completes at the next change of anything.</summary>
    internal Task NextChange()
    {
        lock (Gate)
            return (_change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Wakes everybody who waits; the caller holds the gate.</summary>
    internal void Notify(Chat? chat = null)
    {
        Version++;
        if (chat is not null)
        {
            chat.Version = Version;
            chat.SignalChange();
        }

        var change = _change;
        _change = null;
        change?.SetResult();
    }

    /// <summary>Marks every chat as changed after a change of commands or descriptions; the caller holds the gate.</summary>
    internal void NotifyProfile()
    {
        ProfileVersion++;
        Notify();
    }

    internal int NextMessageId() => ++_lastMessageId;

    /// <summary>The chat has one message more; the oldest ones of all chats fall off. The caller holds the gate.</summary>
    internal void CountMessage(Chat chat)
    {
        _messagesByAge.Enqueue(chat);
        if (_messagesByAge.Count > Options.MaxMessages)
            _messagesByAge.Dequeue().ForgetOldest();
    }

    /// <summary>The open work of the bot, in words; null for none. The caller holds the gate.</summary>
    internal string? WhatIsOpen()
    {
        Callbacks.Forget();
        return Updates.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Updates.Count} updates are not confirmed")
            : CallsInFlight > 0 ? string.Create(CultureInfo.InvariantCulture, $"{CallsInFlight} calls are under way")
            : Callbacks.Unanswered > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Callbacks.Unanswered} presses are not answered")
            : Payments.Open.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Payments.Open.Count} pre-checkouts are not answered")
            : !IsPolled && Webhook.Url.Length == 0 ? "no bot waits for updates"
            : null;
    }

    internal void Move(Chat chat, long newId)
    {
        _chats.Add(newId, chat);
        Notify(chat);
    }

    private void AddDemoPeople()
    {
        foreach (var person in Options.People)
            AddPerson(person.Id, person.FirstName, person.LastName, person.Username, person.LanguageCode, person.Hint).HasStarted = person.HasStarted;
    }

    // In one go for a tenth of them, so that the search for the idlest costs little per person.
    private void ForgetIdlePeople()
    {
        if (_peopleInOrder.Count <= Options.MaxPeople)
            return;
        var demo = Options.People.Select(p => p.Id).ToHashSet();
        var idlest = _peopleInOrder.Where(p => p.Chat.PendingUpdates == 0 && !demo.Contains(p.Id))
            .OrderBy(p => p.Chat.Version).Take(Math.Max(1, Options.MaxPeople / 10)).ToHashSet();
        _peopleInOrder.RemoveAll(idlest.Contains);
        foreach (var person in idlest)
        {
            _people.Remove(person.Id);
            _chats.Remove(person.Id);
            person.Chat.Clear();
            Profile.ForgetChat(person.Id);
        }
    }

    internal IReadOnlyList<Chat> ChatsSince(long version)
    {
        lock (Gate)
            return [.. _chats.Values.Distinct().Where(c => c.Version > version)];
    }
}
