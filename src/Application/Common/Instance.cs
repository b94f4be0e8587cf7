namespace MarketBot.Application.Common;

/// <summary>Lanes are shared out among processes in slots: a lane's slot never changes.</summary>
public static class LaneSlot
{
    /// <summary>How many there are; so many processes can share the work at most.</summary>
    public const int Count = 64;

    /// <summary>The slot of a lane, from 0.</summary>
    /// <param name="lane">A person's or a chat's Telegram id; their last bits are spread evenly.</param>
    public static int Of(long lane) => (int)(lane & (Count - 1));
}

/// <summary>The part of the work that this process does, where several share one database.</summary>
public interface IInstance
{
    /// <summary>Whether this process is the only one there can be.</summary>
    bool IsAlone { get; }

    /// <summary>Whether it does what only one process may do: poll, tell Telegram about the webhook, clean up.</summary>
    bool IsLeader { get; }

    /// <summary>The slots whose lanes are this process's turn, each with the number of its turn, as <see cref="EpochOf"/> has it.</summary>
    IReadOnlyDictionary<int, long> Turns { get; }

    /// <summary>The number of this process's turn at a lane, which grows with each change of hands; null while it is another's turn.</summary>
    long? EpochOf(long lane);

    /// <summary>There may be something new to do: another process stored an update, or its lanes are ours now.</summary>
    event Action? Woken;

    /// <summary>Waits until this process may do what only one may.</summary>
    Task Leads(CancellationToken ct);

    /// <summary>A token that is cancelled when this process may no longer do so.</summary>
    CancellationToken Leading { get; }
}

/// <summary>The only process: everything is its turn.</summary>
public sealed class SoleInstance : IInstance
{
    private static readonly Dictionary<int, long> All = Enumerable.Range(0, LaneSlot.Count).ToDictionary(slot => slot, _ => 0L);

    /// <inheritdoc />
    public bool IsAlone => true;

    /// <inheritdoc />
    public bool IsLeader => true;

    /// <inheritdoc />
    public IReadOnlyDictionary<int, long> Turns => All;

    /// <inheritdoc />
    public event Action? Woken
    {
        add { }
        remove { }
    }

    /// <inheritdoc />
    public CancellationToken Leading => CancellationToken.None;

    /// <inheritdoc />
    public long? EpochOf(long lane) => 0;

    /// <inheritdoc />
    public Task Leads(CancellationToken ct) => Task.CompletedTask;
}
