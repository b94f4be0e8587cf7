using MarketBot.Infrastructure.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace MarketBot.Tests.Unit.Delivery.Model;

/// <summary>The course of handling an update.</summary>
/// <param name="Lane">Its lane.</param>
/// <param name="Failures">A bit for each of the first eight times: whether handling fails then; 255: always.</param>
/// <param name="Outcome">The outcome without a failure.</param>
/// <param name="HasReply">True when the person gets a reply.</param>
internal sealed record ModelUpdate(long Lane, byte Failures, ModelOutcome Outcome, bool HasReply)
{
    public bool Fails(int time) => Failures == 255 || (time < 8 && (Failures >> time & 1) == 1);

    public bool HasEffect(int time) => Outcome == ModelOutcome.Effect || (Outcome == ModelOutcome.EffectOrNone && time % 2 == 0);
}

/// <summary>The outcome of handling.</summary>
internal enum ModelOutcome
{
    Effect,
    None,

    /// <summary>The second time it is handled there is nothing to do, as for a switch that stands where it should.</summary>
    EffectOrNone,
}

/// <summary>An event from outside.</summary>
internal enum ModelEvent
{
    /// <summary>Telegram hands over the next updates.</summary>
    Arrive,

    /// <summary>Telegram hands over an update that it handed over before.</summary>
    Repeat,
    Turns,
    TimePasses,
    Kill,
    Stop,
    HandOver,
    Beat,
    Doubt,
    Outage,
}

/// <summary>A step of a run.</summary>
internal readonly record struct ModelStep(ModelEvent Event, int A, int B);

/// <summary>A run of the model: what arrives, what happens from outside, and the seed of whatever else is left to chance.</summary>
internal sealed record ModelRun(bool IsAlone, int Seed, int MostAtOnce, IReadOnlyList<ModelUpdate> Updates, IReadOnlyList<ModelStep> Steps)
{
    private const int LongestSettling = 1000;

    /// <summary>Plays the run and tells what is wrong in the end; null: nothing.</summary>
    public string? Play(Broken broken = Broken.Nothing)
    {
        using var world = new World(this, broken);
        foreach (var step in Steps)
            world.Take(step);
        return world.Settle() ?? world.Check();
    }

    /// <summary>Plays the run and tells what it did to the store, in its order.</summary>
    public string Trace()
    {
        using var world = new World(this, Broken.Nothing);
        foreach (var step in Steps)
            world.Take(step);
        world.Settle();
        return world.ToString();
    }

    public override string ToString() =>
        $"{(IsAlone ? "one process" : "two processes")}, seed {Seed}, {MostAtOnce} at "
        + $"once\n{string.Join('\n', Updates)}\n{string.Join(' ', Steps.Select(s => $"{s.Event}({s.A},{s.B})"))}";

    private sealed class World : IDisposable
    {
        private readonly ModelRun _run;
        private readonly Random _chance;
        private readonly ChosenTurns _turns;
        private readonly ModelStore _store;
        private readonly FakeTimeProvider _time = new();
        private readonly List<ModelProcess> _all = [];
        private readonly ModelProcess[] _seats;
        private readonly HashSet<int> _stored = [];

        public World(ModelRun run, Broken broken)
        {
            _run = run;
            _chance = new Random(run.Seed);
            _turns = new ChosenTurns(_chance);
            _store = new ModelStore(_chance, broken, run.IsAlone);
            _seats = [.. Enumerable.Range(0, run.IsAlone ? 1 : 2).Select(_ => Start())];
            if (run.IsAlone)
                return;

            foreach (var slot in run.Updates.Select(u => LaneSlot.Of(u.Lane)).Distinct())
                _store.Leases[slot] = (_seats[slot % 2], 1);
            foreach (var process in _seats)
                process.Beat();
        }

        public void Take(ModelStep step)
        {
            var seat = step.A % _seats.Length;
            switch (step.Event)
            {
                case ModelEvent.Arrive:
                    Arrive(seat, 1 + (step.B % 4));
                    break;
                case ModelEvent.Repeat when _stored.Count > 0:
                    _seats[seat].Take([_stored.Order().ElementAt(step.B % _stored.Count)], () => { });
                    break;
                case ModelEvent.Turns:
                    for (var turns = step.A * step.B; turns > 0 && _turns.Next(); turns--)
                    {
                        // It has been taken.
                    }

                    break;
                case ModelEvent.TimePasses:
                    _time.Advance(TimeSpan.FromMilliseconds(step.A * step.B * 20));
                    break;
                case ModelEvent.Kill:
                    Kill(seat);
                    break;
                case ModelEvent.Stop:
                    Stop(seat);
                    break;
                case ModelEvent.HandOver when !_run.IsAlone:
                    HandOver(_store.Leases.Keys.Order().ElementAt(step.B % _store.Leases.Count), seat);
                    break;
                case ModelEvent.Beat when !_run.IsAlone:
                    _seats[seat].Beat();
                    break;
                case ModelEvent.Doubt when !_run.IsAlone:
                    _seats[seat].Doubt(_run.Updates[step.B % _run.Updates.Count].Lane);
                    break;
                case ModelEvent.Outage:
                    _store.Outages = step.B % 8;
                    break;
            }
        }

        /// <summary>The weather is fine from now on, and everything has time to end.</summary>
        public string? Settle()
        {
            _store.Outages = 0;
            for (var round = 0; round < LongestSettling; round++)
            {
                if (_stored.Count < _run.Updates.Count)
                    Arrive(round % _seats.Length, _run.Updates.Count);
                foreach (var slot in _store.Leases.Where(l => !_seats.Contains(l.Value.Owner)).Select(l => l.Key).ToList())
                    HandOver(slot, slot % 2);
                foreach (var process in _seats)
                    process.Beat();
                var turns = 0;
                while (_turns.Next())
                {
                    if (++turns > 100_000)
                        return "It goes round in circles.";
                }

                if (_stored.Count == _run.Updates.Count && _store.Rows.TrueForAll(r => r.State >= InboxState.Done))
                    return null;

                _time.Advance(TimeSpan.FromSeconds(2));
            }

            return $"Stuck: {string.Join(", ", _store.Rows.Where(r => r.State < InboxState.Done).Select(r => $"update {r.Update} is {r.State}"))}; stored "
                + $"{_stored.Count}";
        }

        public string? Check()
        {
            foreach (var (number, update) in _run.Updates.Index())
            {
                var rows = _store.Rows.Where(r => r.Update == number).ToList();
                if (rows.Count != 1)
                    return $"Update {number} is stored {rows.Count} times.";

                var row = rows[0];
                var effects = _store.Effects.Count(r => r.Update == number);
                var (begun, failed) = _store.Handled.GetValueOrDefault(number);
                if (begun == 0)
                    return $"Update {number} was never handled.";
                if (effects > 1)
                    return $"Update {number} was applied {effects} times.";
                if (row.State == InboxState.Dead && (failed < 4 || effects > 0))
                    return $"Update {number} is a dead letter after {failed} failures and {effects} effects.";
                if (row.State == InboxState.Done && effects == 0 && update.Outcome == ModelOutcome.Effect)
                    return $"Update {number} is over without its effect.";
                if (row.State == InboxState.Done && update.HasReply && !IsSaid(row, number, begun))
                    return $"The reply to update {number} was not sent.";
            }

            if (_store.SeenTooEarly is { } early)
                return $"The reply to update {early} left before its effect was on the disk.";

            foreach (var lane in _store.Effects.GroupBy(r => r.Lane))
            {
                // An update whose outcome changed may have ended for one process while the other's transaction was still open.
                var places = lane.Where(r => _run.Updates[r.Update].Outcome == ModelOutcome.Effect).Select(r => r.Id).ToList();
                if (!places.SequenceEqual(places.Order()))
                    return $"The effects of lane {lane.Key} came in the order {string.Join(", ", places)}.";
            }

            return null;
        }

        public override string ToString() => string.Join(' ', [
            .. _store.Effects.Select(r => $"{r.Update}"), .. _store.Rows.Select(r => $"{r.Update}:{r.State}:{r.Tries}"), .. _store.Sent, .. _store.Outbox.Keys,
            .. _store.Handled.Select(h => $"{h.Key}:{h.Value}"), $"{_chance.Next()}",
        ]);

        public void Dispose() => _all.ForEach(p => p.Dispose());

        /// <summary>True when the committed reply was sent; for an update without an effect, when any reply was.</summary>
        private bool IsSaid(ModelRow row, int number, int begun)
        {
            string[] replies = row.Committed is { } committed
                ? [Convert.ToHexString(committed)]
                : [.. Enumerable.Range(0, begun).Select(attempt => Convert.ToHexString([(byte)number, (byte)attempt]))];
            return Array.Exists(replies, r => _store.Sent.Contains(r) || _store.Outbox.Values.Any(o => Convert.ToHexString(o) == r));
        }

        private void Arrive(int seat, int count)
        {
            var next = Enumerable.Range(0, _run.Updates.Count).Where(u => !_stored.Contains(u)).Take(count).ToList();
            if (next.Count > 0)
                _seats[seat].Take(next, () => _stored.UnionWith(next));
        }

        private void HandOver(int slot, int seat) => _store.Leases[slot] = (_seats[seat], _store.Leases[slot].Epoch + 1);

        private void Kill(int seat)
        {
            _seats[seat].Kill();
            _seats[seat] = Start();
        }

        private void Stop(int seat)
        {
            _seats[seat].Stop();
            for (var turns = 0; turns < 10_000 && !_seats[seat].HasStopped; turns++)
            {
                if (!_turns.Next())
                    _time.Advance(TimeSpan.FromSeconds(1));
            }

            Assert.True(_seats[seat].HasStopped, "The process does not stop.");
            Kill(seat);
        }

        private ModelProcess Start()
        {
            var process = new ModelProcess(_store, _turns, _chance, _time, _run.Updates, _run.IsAlone, _run.MostAtOnce);
            _all.Add(process);
            return process;
        }
    }
}
