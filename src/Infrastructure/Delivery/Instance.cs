namespace MarketBot.Infrastructure.Delivery;

/// <summary>This process's turn at a lane. Two are the same where nobody else had the lane between.</summary>
/// <param name="Epoch">Grows with each change of hands; null where there is only one process, and nobody to change with.</param>
public readonly record struct Lease(long? Epoch);

/// <summary>Lanes are shared out among processes in slots: a lane's slot never changes.</summary>
internal static class LaneSlot
{
    /// <summary>How many there are; so many processes can share the work at most.</summary>
    public const int Count = 64;

    /// <summary>The slot of a lane, from 0.</summary>
    /// <param name="lane">A person's or a chat's Telegram id; their last bits are spread evenly.</param>
    public static int Of(long lane) => (int)(lane & (Count - 1));
}

/// <summary>The part of the work that this process does, where several share one database.</summary>
internal interface IInstance : ILeadership
{
    /// <summary>Whether this process is the only one there can be.</summary>
    bool IsAlone { get; }

    /// <summary>The slots whose lanes are this process's turn, each with its lease.</summary>
    IReadOnlyDictionary<int, Lease> Leases { get; }

    /// <summary>This process's turn at a lane; null while it is another's.</summary>
    Lease? LeaseOf(long lane);

    /// <summary>There may be something new to do: another process stored an update, or its lanes are ours now.</summary>
    event Action? Woken;
}

/// <summary>The only process: everything is its turn.</summary>
internal sealed class SoleInstance : IInstance
{
    private static readonly Dictionary<int, Lease> All = Enumerable.Range(0, LaneSlot.Count).ToDictionary(slot => slot, _ => default(Lease));

    /// <inheritdoc />
    public bool IsAlone => true;

    /// <inheritdoc />
    public bool IsLeader => true;

    /// <inheritdoc />
    public IReadOnlyDictionary<int, Lease> Leases => All;

    /// <inheritdoc />
    public event Action? Woken
    {
        add { }
        remove { }
    }

    /// <inheritdoc />
    public CancellationToken Leading => CancellationToken.None;

    /// <inheritdoc />
    public Lease? LeaseOf(long lane) => default(Lease);

    /// <inheritdoc />
    public Task Leads(CancellationToken ct) => Task.CompletedTask;
}
