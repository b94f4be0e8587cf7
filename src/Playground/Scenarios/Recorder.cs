namespace MarketBot.Playground;

/// <summary>Writes a conversation down while it happens. Every member is called under the world's gate.</summary>
internal sealed class Recorder(TelegramWorld world)
{
    private const int MaxSteps = 1_000;

    private readonly List<ScenarioStep> _steps = [];
    private readonly Dictionary<long, Person> _people = [];
    private StepTrace? _trace;
    private string _name = "";

    public bool IsOn { get; private set; }

    public int Steps => _steps.Count;

    public void Start(string name)
    {
        Stop();
        (IsOn, _name) = (true, name);
        world.Notify();
    }

    /// <summary>The conversation since <see cref="Start"/>; null when nothing was recorded.</summary>
    public Scenario? Stop()
    {
        if (!IsOn)
            return null;
        Finish();
        var scenario = new Scenario
        {
            Name = _name,
            People =
            [
                .. _people.Values.Select(p => new ScenarioPerson(p.Id, p.FirstName)
                {
                    LastName = p.LastName.Length > 0 ? p.LastName : null, Username = p.Username, LanguageCode = p.LanguageCode,
                }),
            ],
            Steps = [.. _steps],
        };
        _steps.Clear();
        _people.Clear();
        (IsOn, _trace) = (false, null);
        world.Notify();
        return scenario;
    }

    public void Sent(Message message) =>
        Add(message.From!, new ScenarioStep { Send = message.Text }, before => new StepTrace(message.Chat, before) { Message = message });

    // A label may occur twice; then the data says which one.
    public void Pressed(CallbackPress press, string? label)
    {
        var isVisible = press.Message is { } message
            && world.FindPerson(press.By.Id)?.Chat.Messages.LastOrDefault(m => m.FromBot && m.HasButton(label ?? press.Data)) == message;
        var button = press.Message?.Buttons.FirstOrDefault(b => b.Data == press.Data);
        var isUnique = button is not null && press.Message!.Buttons.Count(b => b.Text == button.Text) == 1;
        var step = isVisible && button is not null
            ? new ScenarioStep { Press = isUnique ? button.Text : press.Data } : new ScenarioStep { PressData = press.Data };
        Add(press.By, step, before => new StepTrace(press.Chat, before) { Press = press });
    }

    public void Paid(Payment payment) =>
        Add(payment.By, new ScenarioStep { Pay = true }, before => new StepTrace(payment.By.Chat, before) { Payment = payment });

    public void Blocked(Person person, bool isBlocked) => Add(person, new ScenarioStep { Block = isBlocked }, before => new StepTrace(person.Chat, before));

    public void Planned(FaultSpec fault)
    {
        if (!IsOn || _steps.Count == MaxSteps)
            return;
        Finish();
        _steps.Add(new ScenarioStep { Fault = fault });
    }

    private void Add(Person person, ScenarioStep step, Func<long, StepTrace> trace)
    {
        if (!IsOn || _steps.Count == MaxSteps)
            return;
        Finish();
        _people.TryAdd(person.Id, person);
        _steps.Add(step with { Person = person.Id });
        _trace = trace(person.Chat.ShownCount);
        world.Notify();
    }

    // The expectations of a step are complete when the next one begins.
    private void Finish()
    {
        if (_trace is not null && _steps.Count > 0)
            _steps[^1] = _steps[^1] with { Expect = _trace.ToExpectation() };
        _trace = null;
    }
}
