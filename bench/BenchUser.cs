using System.Diagnostics;
using System.Globalization;
using MarketBot.Playground;

namespace MarketBot.Bench;

/// <summary>How long an update took until the screen had changed.</summary>
internal readonly record struct Timing(Step Step, double Milliseconds);

/// <summary>A closed-loop user: one press at a time, until both the press is answered and the screen has changed.</summary>
/// <param name="world">The Telegram both live in.</param>
/// <param name="person">The user.</param>
/// <param name="load">What to do.</param>
/// <param name="isMeasured">Whether what happens now counts.</param>
internal sealed class BenchUser(TelegramWorld world, Person person, Load load, Func<bool> isMeasured)
{
    private const long FirstNewcomer = 1_000_000;

    private static long _newcomers;

    private readonly List<Timing> _timings = [];
    private readonly long _id = person.Id;
    private Person _person = person;
    private Message _screen = null!;
    private int _presses;
    private int _switches;

    /// <summary>What was measured so far; to be read when <see cref="Run"/> has ended.</summary>
    public IReadOnlyList<Timing> Timings => _timings;

    private string OpenList => load.Admins ? "Все магазины" : "Мои магазины";

    /// <summary>One of the user's own shops on the first page, so that two users do not switch the same.</summary>
    private int OwnShop => (int)(_id % 5) + 1;

    private int Pages => (load.Shops + 4) / 5;

    /// <summary>Goes on until it is cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        if (load.Journey != Journey.Registrations)
            await Send("/menu", Step.Menu, ct);
        if (load.Journey is Journey.Arrows or Journey.Jumps or Journey.Cards)
            await Press(OpenList, Step.List, ct);
        if (load.Journey == Journey.Arrows && Pages > 4)
            await Jump(Pages / 2, ct);

        while (true)
        {
            await (load.Journey switch
            {
                Journey.Arrows => TurnPages(ct),
                Journey.Jumps => Jump(Random.Shared.Next(1, Pages + 1), ct),
                Journey.Cards => LookAtShop(ct),
                Journey.Binds => UnbindAndBind(ct),
                Journey.Registrations => Register(ct),
                _ => LookAtList(ct),
            });
        }
    }

    private async Task LookAtList(CancellationToken ct)
    {
        await Press(OpenList, Step.List, ct);
        if (IsSwitchDue())
        {
            await Press($"Shop {OwnShop}", Step.Card, ct);
            do
            {
                await Press("Активация", Step.Switch, ct);
                _switches++;
            }
            while (IsSwitchDue());
            await Press("Назад", Step.List, ct);
        }

        await Press("Назад", Step.Menu, ct);

        bool IsSwitchDue() => _switches < load.Switches * _presses;
    }

    private async Task TurnPages(CancellationToken ct)
    {
        await Press("▶", Step.List, ct);
        await Press("◀", Step.List, ct);
    }

    private async Task LookAtShop(CancellationToken ct)
    {
        await Press($"Shop {OwnShop}", Step.Card, ct);
        await Press("Назад", Step.List, ct);
    }

    private async Task UnbindAndBind(CancellationToken ct)
    {
        await Press("Отвязать магазин", Step.List, ct);
        await Press($"Shop {OwnShop}", Step.Prompt, ct);
        await Press("Да", Step.Unbind, ct);
        await Press("Назад", Step.Menu, ct);
        await Press("Добавить магазин", Step.Prompt, ct);
        await Send(KeyOf(((_id - 1) * load.Shops) + OwnShop), Step.Bind, ct);
        await Press("Меню", Step.Menu, ct);
    }

    private async Task Register(CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _newcomers);
        _person = world.AddPerson(FirstNewcomer + number, "Newcomer");
        await Send("/start", Step.Menu, ct);
        await Press("Продавец", Step.Prompt, ct);
        await Send(KeyOf((number % ((long)load.Shops * load.Users)) + 1), Step.Registration, ct);
    }

    private static string KeyOf(long shop) => string.Create(CultureInfo.InvariantCulture, $"key-{shop}");

    /// <summary>Of a jump, only the message with the number counts, as one update.</summary>
    private async Task Jump(int page, CancellationToken ct)
    {
        await Press("/", step: null, ct);
        await Send(page.ToString(CultureInfo.InvariantCulture), Step.List, ct);
    }

    private async Task Press(string label, Step? step, CancellationToken ct)
    {
        var button = _screen.Buttons.FirstOrDefault(b => b.Text.StartsWith(label, StringComparison.Ordinal) || b.Text.EndsWith(label, StringComparison.Ordinal))
            ?? _screen.Buttons.FirstOrDefault(b => b.Text.Contains(label, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No button {label} under: {_screen.Text}");
        var (screen, edits) = (_screen, _screen.Edits);
        _presses++;
        var clock = Stopwatch.GetTimestamp();
        var press = _person.Press(button.Text, screen);
        await Until(() => screen.Edits != edits, ct);
        Count(step, clock);
        await press.Answered.WaitAsync(ct);
    }

    private async Task Send(string text, Step step, CancellationToken ct)
    {
        var before = _person.Chat.LastFromBot;
        var clock = Stopwatch.GetTimestamp();
        _person.Send(text);
        await Until(() => _person.Chat.LastFromBot != before, ct);
        Count(step, clock);
        _screen = _person.Chat.LastFromBot!;
    }

    private void Count(Step? step, long clock)
    {
        if (step is { } known && isMeasured())
            _timings.Add(new Timing(known, Stopwatch.GetElapsedTime(clock).TotalMilliseconds));
    }

    private async Task Until(Func<bool> condition, CancellationToken ct)
    {
        while (true)
        {
            var changed = _person.Chat.Changed;
            if (condition())
                return;
            await changed.WaitAsync(ct);
        }
    }
}
