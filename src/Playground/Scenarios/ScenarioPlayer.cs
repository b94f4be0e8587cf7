namespace MarketBot.Playground;

/// <summary>Plays scenarios against the bot.</summary>
public static class ScenarioPlayer
{
    private static readonly JsonSerializerOptions Compact = new(Scenario.Json) { WriteIndented = false };

    /// <summary>Does every step and waits each time until what is expected is seen, 10 seconds at most.</summary>
    /// <exception cref="TimeoutException">Something expected was not seen; the message has the step and the transcript of all chats.</exception>
    public static Task Play(this TelegramWorld world, Scenario scenario, CancellationToken ct) => Play(world, scenario, TimeSpan.FromSeconds(10), ct);

    /// <summary>Does every step and waits each time until what is expected is seen.</summary>
    /// <exception cref="TimeoutException">Something expected was not seen; the message has the step and the transcript of all chats.</exception>
    public static async Task Play(this TelegramWorld world, Scenario scenario, TimeSpan patience, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(scenario);
        foreach (var person in scenario.People.Where(p => world.FindPerson(p.Id) is null))
            world.AddPerson(person.Id, person.FirstName, person.LastName ?? "", person.Username, person.LanguageCode);

        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            var step = scenario.Steps[i];
            var what = $"step {i + 1} of “{scenario.Name}”: {JsonSerializer.Serialize(step, Compact)}";
            if (step.Fault is { } fault)
            {
                fault.AddTo(world.Faults);
                continue;
            }

            await world.Until(() => CanBeDone(world, step), patience, ct, what);
            var trace = Do(world, step, what);
            if (step.Expect is { } expected)
                await world.Until(() => trace.Shows(expected), patience, ct, what);
        }
    }

    // Nobody presses a button before it is there.
    private static bool CanBeDone(TelegramWorld world, ScenarioStep step) => world.FindPerson(step.Person) is not { } person || step switch
    {
        { Press: { } button } => person.Chat.Messages.Any(m => m.FromBot && m.HasButton(button)),
        { PressData: not null } => person.Chat.LastFromBot is not null,
        { Pay: true } => person.Chat.Messages.Any(m => m.Invoice is not null),
        _ => true,
    };

    private static StepTrace Do(TelegramWorld world, ScenarioStep step, string what)
    {
        var person = world.FindPerson(step.Person) ?? throw new InvalidOperationException($"There is no person {step.Person} for {what}.");
        lock (world.Gate)
        {
            var before = person.Chat.ShownCount;
            return step switch
            {
                { Send: { } text } => new StepTrace(person.Chat, before) { Message = person.Send(text) },
                { Press: { } button } => new StepTrace(person.Chat, before) { Press = person.Press(button) },
                { PressData: { } data } => new StepTrace(person.Chat, before) { Press = person.PressData(person.Chat.LastFromBot!, data) },
                { Pay: true } => new StepTrace(person.Chat, before) { Payment = person.Pay(person.Chat.Messages.Last(m => m.Invoice is not null)) },
                { Block: { } block } => Block(person, block, before),
                _ => throw new InvalidOperationException($"Nothing is done in {what}."),
            };
        }
    }

    private static StepTrace Block(Person person, bool block, long before)
    {
        if (block)
            person.Block();
        else
            person.Unblock();
        return new StepTrace(person.Chat, before);
    }
}
