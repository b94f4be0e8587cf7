using System.Globalization;
using System.Text;
using MarketBot.Application.Accounts;
using MarketBot.Application.Common;
using MarketBot.Domain.Common;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;
using Microsoft.Extensions.DependencyInjection;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>When somebody guesses, listens, or sends what nobody should.</summary>
public class SecurityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R31_a_process_at_trace_level_prints_no_token_no_key_and_no_password()
    {
        await using var bot = await RealBot.Prepare(
            "INSERT INTO shops (slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name) VALUES ('s', 'Nuts', '', 0, "
            + "'key-of-anna', 0, '', '')",
            Ct,
            environment: new Dictionary<string, string>
            {
                ["Logging__LogLevel__Default"] = "Trace",
                ["Logging__LogLevel__Microsoft.EntityFrameworkCore"] = "Trace",
            });
        var anna = bot.World.AddPerson(1001, "Anna");
        await bot.Start(Ct);
        bot.World.Faults.Next(Fault.CutAfter, "sendMessage", times: 2);
        bot.World.Faults.Next(Fault.Status(500), "getUpdates", times: 2);
        bot.World.Faults.Next(Fault.CutBefore, "deleteMessage");
        anna.Send("/start");
        var screen = await bot.World.WaitFor(() => anna.Chat.LastFromBot, Patience.Limit, Ct);
        foreach (var (button, texts) in new[] { ("admin", new[] { "chief", "password of gleb" }), ("seller", ["wrong-key-of-anna", "key-of-anna"]) })
        {
            anna.PressData(screen, button);
            foreach (var text in texts)
                anna.Send(text);
        }

        await bot.Settles(Ct);
        bot.Process.Terminate();
        await bot.Process.Exit(Ct);

        var printed = bot.Process.Output + bot.Process.Errors;
        Assert.Contains("dbug", printed, StringComparison.Ordinal);
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser"));
        Assert.All(
            [bot.Telegram.Token, bot.Telegram.Token.Split(':')[1], "key-of-anna", "password of gleb"],
            secret => Assert.DoesNotContain(secret, printed, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task R34_a_person_gets_five_tries_at_a_password_and_an_account_twenty_from_everybody()
    {
        var passwords = new CountedPasswords();
        await using var bot = await TestBot.Start(Ct, replace: passwords.Count);
        await bot.AddAccount("chief", "right horse");

        var anna = bot.Person(1001);
        await Guess(bot, anna, 30);
        var byOne = passwords.Checks;
        for (var i = 0; i < 25; i++)
            await Guess(bot, bot.Person(2000 + i), 1);

        Assert.Equal(5, byOne);
        Assert.Equal(20, passwords.Checks);
    }

    [Theory]
    [InlineData("right horse", 30, 0)]
    [InlineData("wrong horse", 20, 10)]
    public async Task R34_thirty_people_who_log_in_with_one_account_at_once_wait_for_each_other_and_twenty_may_be_wrong(
        string password, int mostChecks, int refused)
    {
        var passwords = new CountedPasswords { Gate = new TaskCompletionSource() };
        await using var bot = await TestBot.Start(Ct, replace: passwords.Count);
        await bot.AddAccount("chief", "right horse");
        var people = new List<Actor>();
        for (var i = 0; i < 30; i++)
        {
            people.Add(bot.Person(2000 + i));
            await people[i].Says("/start");
            await people[i].Presses(Words.Ru.Administrator);
            await people[i].Says("chief");
        }

        var sent = people.Select(p => p.Person.Send(password)).ToList();
        await bot.Becomes(30, "SELECT count(*) FROM marketbot_inbox WHERE state < 2", Ct);
        await TestBot.Until(() => passwords.Checks == 20, Ct);
        var answered = people.Zip(sent).Count(p => p.First.HasAnswerTo(p.Second));
        passwords.Gate.SetResult();
        foreach (var (person, message) in people.Zip(sent))
            await person.AnswerTo(message);

        Assert.Equal((0, mostChecks), (answered, passwords.Checks));
        Assert.Equal(refused, people.Count(p => p.Sees.Contains("Слишком много", StringComparison.Ordinal)));
        Assert.Equal(refused == 0 ? 30 : 0, await bot.Value<long>("SELECT count(*) FROM marketbot_admin_logins"));
    }

    [Fact]
    public async Task R34_an_attempt_that_crashed_counts_as_wrong_and_keeps_nobody_waiting_for_long()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddAccount("chief", "right horse");
        for (var i = 0; i < 20; i++)
            await Guess(bot, bot.Person(2000 + i), 1);
        await bot.Execute(
            $"UPDATE marketbot_throttles SET pending_until = {bot.Time.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds()} WHERE limit_name = "
            + $"'account_passwords' AND update_id > 0");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Administrator);
        await anna.Says("chief");

        var typed = anna.Person.Send("right horse");
        await bot.Telegram.World.Until(() => bot.Telegram.World.Calls.Any(c => c.Method == "sendChatAction" && c.ChatId == 1001), Ct);
        var waited = !anna.HasAnswerTo(typed);
        bot.Time.Pass(TimeSpan.FromMinutes(2));
        await anna.AnswerTo(typed);

        Assert.True(waited);
        Assert.Contains("Слишком много", anna.Sees, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R35_a_person_gets_twenty_tries_at_keys_in_a_day()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "k-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);

        for (var i = 0; i < 20; i++)
        {
            if (i % 5 == 0)
                bot.Time.Forward(TimeSpan.FromMinutes(16));
            Assert.Contains("Магазина с таким ключом нет", (await anna.Says($"guess-{i}")).Text, StringComparison.Ordinal);
        }

        bot.Time.Forward(TimeSpan.FromMinutes(16));
        var refused = await anna.Says("k-1");
        bot.Time.Forward(TimeSpan.FromHours(24));
        await anna.Says("k-1");

        Assert.DoesNotContain("Nuts", refused.Text, StringComparison.Ordinal);
        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
    }

    [Fact]
    public Task R42_R43_100_random_names_are_shown_and_break_no_rule() => ShowsNames(100);

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public Task R42_R43_10_000_random_names_are_shown_and_break_no_rule()
    {
        Size.IsFull();
        return ShowsNames(10_000);
    }

    [Fact]
    public async Task R46_an_edited_key_registers_nobody_and_a_key_that_looks_like_a_command_is_a_key()
    {
        await using var bot = await TestBot.Start(Ct);
        await bot.AddShop("Nuts", "/k-1");
        var anna = bot.Person(1001);
        await anna.Says("/start");
        await anna.Presses(Words.Ru.Seller);
        bot.Telegram.World.Faults.Next(Fault.Status(400, description: "Bad Request: message can't be deleted"), "deleteMessage");
        var typed = anna.Person.Send("wrong");
        await anna.AnswerTo(typed);

        anna.Person.Edit(typed, "/k-1");
        await bot.Settles(Ct);
        var afterEdit = await bot.Value<long>("SELECT count(*) FROM tg_bot_telegramuser");
        await anna.Says("/k-1");

        Assert.Equal(0, afterEdit);
        Assert.Equal(Words.Ru.SellerMenu, anna.Rows);
    }

    private static async Task ShowsNames(int count)
    {
        await using var bot = await TestBot.Start(Ct, new Dictionary<string, string?> { ["Bot:PageSize"] = "20" });
        var random = new Random(42);
        foreach (var names in Enumerable.Range(0, count).Select(_ => Hostile(random)).Chunk(500))
        {
            await bot.Execute("INSERT INTO shops (slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name) VALUES "
                + string.Join(',', names.Select((n, i) => $"(hex(randomblob(8)), '{n}', '', {i % 2}, hex(randomblob(16)), 0, '', '{n}')")));
        }

        var gleb = await bot.Admin(1002);
        for (var shop = 1; shop <= count; shop++)
        {
            await gleb.Forges(gleb.Screen, string.Create(CultureInfo.InvariantCulture, $"shop:{shop}:1:1:"));
            if (shop % 20 == 1)
                await gleb.Forges(gleb.Screen, string.Create(CultureInfo.InvariantCulture, $"page:0:2:{shop}:{(shop / 20) + 1}:"));
        }

        Assert.Empty(bot.Telegram.World.Violations);
        Assert.Empty(bot.Errors);
    }

    /// <summary>Markup, format holes, text that turns the direction, what nobody sees, emoji of many parts, and half a character.</summary>
    private static string Hostile(Random random)
    {
        string[] parts =
        [
            "<b>", "</code>", "&", "&lt;", "%s", "{0}", "\"", "''", "`", "*", "_", "\u202E", "\u2066", "\u200B", "\u200D", "\uFEFF", "👨🏻‍❤️‍💋‍👨🏼", "🇷🇺",
            "e\u0301\u0302\u0303", "\ud83c", "\0",
            "א", "ي", "\n", "\t", "Nuts", "Орехи", "<a href=\"tg://user?id=1\">", "]]>", "\u2028",
        ];
        var name = new StringBuilder();
        for (var i = random.Next(1, 40); i > 0; i--)
            name.Append(parts[random.Next(parts.Length)]);
        var text = name.ToString().Replace("\0", "", StringComparison.Ordinal);
        return text.Length > 250 ? text[..250].Replace("'", "", StringComparison.Ordinal) : text;
    }

    private static async Task Guess(TestBot bot, Actor person, int times)
    {
        await person.Says("/start");
        await person.Presses(Words.Ru.Administrator);
        await person.Says("chief");
        for (var i = 0; i < times; i++)
            await person.Says($"wrong-{i}");
        await bot.Settles(Ct);
    }

    /// <summary>Counts how many passwords are really checked.</summary>
    private sealed class CountedPasswords
    {
        private int _checks;

        public int Checks => Volatile.Read(ref _checks);

        /// <summary>No check ends before it opens.</summary>
        public TaskCompletionSource? Gate { get; init; }

        public void Count(IServiceCollection services) =>
            services.AddSingleton<IPasswords>(
                _ => new Counting(new Infrastructure.Security.DjangoPasswords(), () => Interlocked.Increment(ref _checks), Gate?.Task ?? Task.CompletedTask));

        private sealed class Counting(IPasswords passwords, Action count, Task gate) : IPasswords
        {
            public async Task<Refusal?> Check(string? encoded, IReadOnlyList<string> inUse, Secret password, CancellationToken ct)
            {
                count();
                await gate;
                return await passwords.Check(encoded, inUse, password, ct);
            }

            public string Hash(Secret password) => passwords.Hash(password);

            public string Fingerprint(string encoded) => passwords.Fingerprint(encoded);
        }
    }
}
