using MarketBot.Infrastructure.Delivery;

namespace MarketBot.Tests.Unit.Delivery.Model;

/// <summary>The fence that a broken store leaves out, so that a test sees the model notice it.</summary>
internal enum Broken
{
    Nothing,

    /// <summary>Applies what is not new.</summary>
    New,

    /// <summary>Ends an update wherever it is.</summary>
    Ending,

    /// <summary>Stores an update twice.</summary>
    Unique,

    /// <summary>Says that the disk has everything when it has not.</summary>
    Sync,
}

/// <summary>The outcome of a call to storage.</summary>
internal enum Weather
{
    Fine,

    /// <summary>It never arrives.</summary>
    LostBefore,

    /// <summary>It is carried out, but nobody hears of it.</summary>
    LostAfter,

    /// <summary>It will be carried out, but whoever called has given it up by then.</summary>
    Late,
}

/// <summary>A row of the inbox.</summary>
internal sealed class ModelRow(long id, int update, long lane)
{
    private TaskCompletionSource _isFree = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Id { get; } = id;

    public int Update { get; } = update;

    public long Lane { get; } = lane;

    public InboxState State { get; set; }

    public int Tries { get; set; }

    public byte[]? Reply { get; set; }

    /// <summary>The reply that was committed with the effect, kept after the row is erased.</summary>
    public byte[]? Committed { get; set; }

    /// <summary>Whether the effect would outlive a power failure.</summary>
    public bool IsSynced { get; set; }

    /// <summary>The process whose transaction has written the row and is open; others wait for it.</summary>
    public ModelProcess? Writer
    {
        get;
        set
        {
            field = value;
            if (value is null)
            {
                var free = _isFree;
                _isFree = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                free.SetResult();
            }
        }
    }

    /// <summary>Ends when that transaction does.</summary>
    public Task IsFree => Writer is null ? Task.CompletedTask : _isFree.Task;

    /// <summary>True once the commit is on its way and cannot be called back.</summary>
    public bool IsCommitting { get; set; }

    /// <summary>A process's transaction is rolled back, if it has written the row.</summary>
    public void Forget(ModelProcess process)
    {
        if (Writer == process && !IsCommitting)
            Writer = null;
    }
}

/// <summary>The one database of all processes, in memory.</summary>
internal sealed class ModelStore(Random chance, Broken broken, bool isAlone)
{
    public List<ModelRow> Rows { get; } = [];

    /// <summary>The owner and epoch of each slot.</summary>
    public Dictionary<int, (ModelProcess? Owner, long Epoch)> Leases { get; } = [];

    /// <summary>In the order in which they were committed.</summary>
    public List<ModelRow> Effects { get; } = [];

    /// <summary>Replies that arrived or were refused for good.</summary>
    public HashSet<string> Sent { get; } = [];

    public Dictionary<string, byte[]> Outbox { get; } = [];

    /// <summary>The number of attempts and failures per update.</summary>
    public Dictionary<int, (int Begun, int Failed)> Handled { get; } = [];

    /// <summary>The number of calls that fail from now on.</summary>
    public int Outages { get; set; }

    public Weather Forecast(bool mayBeLate)
    {
        if (Outages == 0)
            return Weather.Fine;

        Outages--;
        return chance.Next(4) switch
        {
            0 => Weather.Fine,
            1 => Weather.LostBefore,
            2 => Weather.LostAfter,
            _ => mayBeLate && !isAlone ? Weather.Late : Weather.LostBefore,
        };
    }

    /// <summary>An update whose reply left before its effect was on the disk.</summary>
    public int? SeenTooEarly { get; private set; }

    /// <summary>The disk has all that is committed.</summary>
    public void Sync() => Effects.ForEach(row => row.IsSynced = broken != Broken.Sync);

    /// <summary>
    /// Somebody sees a reply; what counts is the one that was committed with an effect. Where there are several
    /// processes, each commit waits for the disk itself.
    /// </summary>
    public void See(byte[] reply)
    {
        if (isAlone && Effects.Find(row => !row.IsSynced && row.Committed?.SequenceEqual(reply) == true) is { } early)
            SeenTooEarly = early.Update;
    }

    public long? Insert(int update, long lane)
    {
        if (broken != Broken.Unique && Rows.Exists(r => r.Update == update))
            return null;

        var row = new ModelRow(Rows.Count + 1, update, lane);
        Rows.Add(row);
        return row.Id;
    }

    public ModelRow Row(long id) => Rows[(int)id - 1];

    /// <summary>Says if the fence lets a transaction apply the row.</summary>
    public bool MayApply(ModelRow row, Lease lease) => (broken == Broken.New || row.State == InboxState.New)
        && (lease.Epoch is not { } epoch || Leases[LaneSlot.Of(row.Lane)].Epoch == epoch);

    public void Commit(ModelRow row, byte[]? reply)
    {
        (row.State, row.Reply, row.Committed, row.Writer, row.IsCommitting) = (InboxState.Applied, reply, reply, null, false);
        Effects.Add(row);
    }

    public void End(ModelRow row, InboxState from)
    {
        if (row.State != from && !(broken == Broken.Ending && row.State < InboxState.Done))
            return;

        (row.State, row.Reply) = (InboxState.Done, null);
    }

    public static bool Bury(ModelRow row)
    {
        if (row.State != InboxState.New)
            return false;

        row.State = InboxState.Dead;
        return true;
    }

    /// <summary>The database notices that a process is gone: what it had not sent off is rolled back.</summary>
    public void Forget(ModelProcess process)
    {
        foreach (var row in Rows)
            row.Forget(process);
    }
}
