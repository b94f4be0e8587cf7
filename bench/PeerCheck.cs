using System.Globalization;
using MarketBot.Playground;
using Microsoft.Data.Sqlite;

namespace MarketBot.Bench;

/// <summary>Shows that the bots are comparable: the same presses lead to the same screens, answers and rows in all of them.</summary>
internal static class PeerCheck
{
    private static readonly string[] Presses =
    [
        "Мои магазины", "▶", "◀", "⏸ Shop 2", "Активация: Включить", "Обновление цен: Включить", "Активация: Выключить", "Назад", "Назад",
    ];

    /// <summary>Does nothing where all do the same.</summary>
    /// <exception cref="InvalidOperationException">A bot does something else than the first; the message has what both do.</exception>
    public static async Task Run(string executable, IReadOnlyList<Contestant> contestants)
    {
        var expected = await Record(executable, contestants[0]);
        foreach (var contestant in contestants.Skip(1))
        {
            if (await Record(executable, contestant) is var actual && actual != expected)
                throw new InvalidOperationException($"{contestants[0].Name}:\n{expected}\n\n{contestant.Name}:\n{actual}");
        }
    }

    private static async Task<string> Record(string executable, Contestant contestant)
    {
        await using var bot = await RunningBot.Start(executable, contestant, new Load("check", Users: 1));
        var world = bot.Telegram.World;
        var person = world.AddPerson(1, "Person");
        person.Send("/menu");
        await world.Until(() => person.Chat.LastFromBot is not null, CancellationToken.None);
        var screen = person.Chat.LastFromBot!;
        List<string> seen = [Show(screen)];
        foreach (var label in Presses)
        {
            var edits = screen.Edits;
            var press = person.Press(label, screen);
            await world.Until(() => screen.Edits != edits && press.Answered.IsCompleted, CancellationToken.None);
            seen.Add($"[{label}] {(await press.Answered).Text}\n{Show(screen)}");
        }

        seen.Add(await ReadRows(bot.Place.DatabaseFile));
        return string.Join("\n", seen);
    }

    private static string Show(Message message) =>
        string.Join('\n', message.Keyboard.Select(row => string.Join(" | ", row.Select(b => b.Text))).Prepend(message.Html));

    private static async Task<string> ReadRows(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT 'shop ' || group_concat(id || ' ' || is_active || ' ' || price_updating, ', ') FROM shops WHERE is_active OR price_updating
            UNION ALL SELECT concat_ws(' ', 'audit', actor, action, shop_id, person, before, after, update_id > 0) FROM marketbot_audit
            """;
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return string.Join('\n', rows);
    }
}
