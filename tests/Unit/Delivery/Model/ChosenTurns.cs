namespace MarketBot.Tests.Unit.Delivery.Model;

/// <summary>Tasks of one thread, of which a seed chooses the next at every await: in whatever order they might run, a run can be played again.</summary>
internal sealed class ChosenTurns(Random chance) : TaskScheduler
{
    private readonly List<Task> _ready = [];

    /// <summary>Begins work whose continuations, and whatever it begins in its turn, run here.</summary>
    public Task Begin(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs one of those that can run, up to its next await.</summary>
    /// <returns>False when there is none.</returns>
    public bool Next()
    {
        if (_ready.Count == 0)
            return false;

        var place = chance.Next(_ready.Count);
        var task = _ready[place];
        _ready.RemoveAt(place);
        return TryExecuteTask(task);
    }

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _ready];

    protected override void QueueTask(Task task) => _ready.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
}
