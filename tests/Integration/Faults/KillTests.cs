using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MarketBot.Playground;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Faults;

/// <summary>What is left after the process was killed: everything, once.</summary>
public class KillTests(ITestOutputHelper output)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task R9_after_20_kills_nothing_is_lost_and_nothing_applied_twice() => Survives(seed: 20261122, users: 200, rounds: 20, updatesPerRound: 50);

    [Fact]
    [Trait(Size.Trait, Size.Full)]
    public Task R9_after_200_kills_over_10_000_updates_nothing_is_lost_and_nothing_applied_twice()
    {
        Size.IsFull();
        return Survives(seed: 4, users: 200, rounds: 200, updatesPerRound: 50);
    }

    [Fact]
    public async Task R10_a_reply_whose_effect_was_committed_arrives_after_a_kill()
    {
        await using var bot = await RealBot.Prepare(Market.Rows(1), Ct);
        var anna = Market.PersonOf(bot.World, 1);
        await bot.Start(Ct);
        anna.Send("/menu");
        var menu = await bot.World.WaitFor(() => anna.Chat.LastFromBot, TimeSpan.FromSeconds(30), Ct);
        bot.World.Faults.Next(Fault.Hang, "editMessageText");
        anna.PressData(menu, "on:1:1:1:1:");
        await TestBot.Until(() => Task.FromResult(bot.World.Faults.Remaining == 0), TimeSpan.FromSeconds(10), Ct);

        await bot.Kill(Ct);
        await bot.Start(Ct);
        await bot.World.Until(() => menu.Edits > 0, TimeSpan.FromSeconds(5), Ct);
        await bot.Settles(TimeSpan.FromSeconds(10), Ct);

        Assert.Equal(1, await bot.Value<long>("SELECT is_active FROM shops WHERE id = 1"));
        Assert.Equal(1, await bot.Value<long>("SELECT count(*) FROM marketbot_audit"));
        Assert.Contains("a-1", menu.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R20_a_stop_under_load_ends_in_10_seconds_and_loses_nothing()
    {
        await using var bot = await RealBot.Prepare(Market.Rows(100), Ct);
        var market = new Market(bot.World, 100, new Random(20));
        await bot.Start(Ct);
        market.Greet();
        await bot.Settles(TimeSpan.FromSeconds(60), Ct);

        for (var stop = 0; stop < 3; stop++)
        {
            market.Act(400);
            await bot.World.Until(() => bot.World.PendingUpdates < 300, TimeSpan.FromSeconds(30), Ct);
            bot.Process.Terminate();
            Assert.Equal(0, await bot.Process.Exit(Ct, TimeSpan.FromSeconds(12)));
            await bot.Process.DisposeAsync();
            await bot.Start(Ct);
        }

        await bot.Settles(TimeSpan.FromMinutes(1), Ct);

        await market.Verify(bot.DatabaseFile);
    }

    private async Task Survives(int seed, int users, int rounds, int updatesPerRound)
    {
        await using var bot = await RealBot.Prepare(Market.Rows(users), Ct);
        var random = new Random(seed);
        var market = new Market(bot.World, users, random);
        await bot.Start(Ct);
        market.Greet();
        await bot.Settles(TimeSpan.FromMinutes(2), Ct);
        var watch = Stopwatch.StartNew();

        for (var round = 0; round < rounds; round++)
        {
            market.Act(updatesPerRound);
            await RandomMoment(bot, random);
            await bot.Kill(Ct);
            bot.Launch();
        }

        await bot.Settles(TimeSpan.FromMinutes(2), Ct);

        output.WriteLine($"{market.Updates} updates, {market.Effects} effects, {rounds} kills, {market.DuplicatedMessages} messages twice, {watch.Elapsed.TotalSeconds:F0} s");
        await market.Verify(bot.DatabaseFile);
        Assert.InRange(market.DuplicatedMessages, 0, rounds);
    }

    /// <summary>Now and then while the process starts, mostly at a call that has just been made, or a little after it.</summary>
    private static async Task RandomMoment(RealBot bot, Random random)
    {
        var moment = TimeSpan.FromMilliseconds(random.Next(40));
        if (random.Next(10) == 0)
        {
            moment = TimeSpan.FromMilliseconds(random.Next(1500));
        }
        else
        {
            var last = bot.World.Log.LastNumber + random.Next(1, 70);
            await bot.World.Until(() => bot.World.Log.LastNumber >= last || (bot.World.PendingUpdates == 0 && bot.World.IsPolled), TimeSpan.FromSeconds(60), Ct);
        }

        using var timer = new PeriodicTimer(moment + TimeSpan.FromMilliseconds(1));
        await timer.WaitForNextTickAsync(Ct);
    }

    /// <summary>Sellers with two shops and an account each (many logins to one account at once would be throttled), who switch, bind, unbind, sign out and in; it knows how everything must end.</summary>
    private sealed class Market
    {
        private const long FirstId = 10_000;
        private const string Password = "right horse";
        private readonly TelegramWorld _world;
        private readonly Random _random;
        private readonly Seller[] _sellers;
        private readonly Dictionary<long, string> _effects = [];
        private int _texts;

        public Market(TelegramWorld world, int users, Random random)
        {
            (_world, _random) = (world, random);
            _sellers = [.. Enumerable.Range(1, users).Select(n => new Seller(n, PersonOf(world, n)))];
        }

        public int Effects => _effects.Count;

        public int Updates { get; private set; }

        /// <summary>Every text is answered by one message, every press by an edit.</summary>
        public int DuplicatedMessages => _sellers.Sum(s => s.Person.Chat.Messages.Count(m => m.FromBot)) - _texts;

        public static Person PersonOf(TelegramWorld world, int n) => world.AddPerson(FirstId + n, "Anna", languageCode: "en");

        public static string Rows(int users)
        {
            var sql = new StringBuilder("BEGIN;");
            var hash = Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Password), "salt"u8.ToArray(), 1000, HashAlgorithmName.SHA256, 32));
            sql.Append("INSERT INTO auth_group VALUES (1, 'telegram_admins');");
            for (var n = 1; n <= users; n++)
            {
                foreach (var (id, name) in new[] { (Own(n), $"a-{n}"), (Other(n), $"b-{n}") })
                    sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO shops (id, slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name) VALUES ({id}, 's{id}', '{name}', '', 0, '{name}', 0, '', '');");
                sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO auth_user VALUES ({n}, 'pbkdf2_sha256$1000$salt${hash}', NULL, 0, 'chief-{n}', '', '', 1, 1, '2026-01-01', ''); INSERT INTO auth_user_groups (user_id, group_id) VALUES ({n}, 1);");
                sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO tg_bot_telegramuser VALUES ({n}, {FirstId + n}, 'Anna', '', '', 'SE', '2026-01-01 00:00:00', 0, 1, 0);");
                sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO tg_bot_telegramuser_shops (telegramuser_id, shop_id) VALUES ({n}, {Own(n)});");
            }

            return sql.Append("COMMIT").ToString();
        }

        /// <summary>Everybody gets a message whose buttons they will press.</summary>
        public void Greet()
        {
            foreach (var seller in _sellers)
                Text(seller, "/menu", hasEffect: false);
        }

        /// <summary>Somebody does something, until that many updates are on their way.</summary>
        public void Act(int updates)
        {
            for (var end = Updates + updates; Updates < end;)
                Act(_sellers[_random.Next(_sellers.Length)]);
        }

        public async Task Verify(string database)
        {
            Assert.Equal(["ok"], await SqliteFile.Column(database, "SELECT integrity_check FROM pragma_integrity_check"));
            Assert.Equal(
                _sellers.SelectMany(s => s.State()).Order(StringComparer.Ordinal),
                (await SqliteFile.Column(database, StateSql)).Order(StringComparer.Ordinal));
            var applied = (await SqliteFile.Column(database, "SELECT CAST(update_id AS text) FROM marketbot_audit")).ToLookup(id => long.Parse(id, CultureInfo.InvariantCulture));
            Assert.True(_effects.Keys.All(applied.Contains), string.Join('\n', _effects.Where(e => !applied.Contains(e.Key)).Select(e => $"{e.Key} {e.Value} was lost\n{ChatOf(e.Value)}")));
            Assert.Equal([], applied.Where(a => a.Count() > 1 || !_effects.ContainsKey(a.Key)).Select(a => $"{a.Key} {_effects.GetValueOrDefault(a.Key)} was applied {a.Count()} times"));
            Assert.Empty(await SqliteFile.Column(database, "SELECT reason FROM marketbot_inbox WHERE state = 3"));
            Assert.Empty(await SqliteFile.Column(database, "SELECT name FROM marketbot_outbox"));
        }

        private const string StateSql =
            """
            SELECT 'shop ' || id || ' ' || is_active || ' ' || price_updating FROM shops
            UNION ALL SELECT 'person ' || chat_id || ' ' || role || ' ' || is_logged_out FROM tg_bot_telegramuser
            UNION ALL SELECT 'binding ' || telegramuser_id || ' ' || shop_id FROM tg_bot_telegramuser_shops
            """;

        private static int Own(int n) => (2 * n) - 1;

        private static int Other(int n) => 2 * n;

        private void Act(Seller seller)
        {
            var n = seller.Number;
            switch (_random.Next(12))
            {
                case < 5:
                    Press(seller, string.Create(CultureInfo.InvariantCulture, $"on:{Own(n)}:{((seller.IsOn = !seller.IsOn) ? 1 : 0)}:1:1:"));
                    break;
                case < 8:
                    Press(seller, string.Create(CultureInfo.InvariantCulture, $"price:{Own(n)}:{((seller.Updates = !seller.Updates) ? 1 : 0)}:1:1:"));
                    break;
                case < 10 when seller.HasOther:
                    seller.HasOther = false;
                    Press(seller, string.Create(CultureInfo.InvariantCulture, $"unbind:{Other(n)}:1:1::0"));
                    break;
                case < 10:
                    seller.HasOther = true;
                    Press(seller, "add", hasEffect: false);
                    Text(seller, $"b-{n}");
                    break;
                case 10:
                    Text(seller, "/sign_out");
                    Press(seller, "seller", hasEffect: false);
                    Text(seller, $"a-{n}");
                    break;
                default:
                    Text(seller, "/sign_out");
                    Press(seller, "admin", hasEffect: false);
                    Text(seller, $"chief-{n}", hasEffect: false);
                    Text(seller, Password);
                    Text(seller, "/sign_out");
                    Press(seller, "seller", hasEffect: false);
                    Text(seller, $"a-{n}");
                    break;
            }
        }

        private void Press(Seller seller, string data, bool hasEffect = true)
        {
            Count(hasEffect, seller, data);
            seller.Person.PressData(seller.Person.Chat.Messages.First(m => m.FromBot), data);
        }

        private void Text(Seller seller, string text, bool hasEffect = true)
        {
            Count(hasEffect, seller, text);
            _texts++;
            seller.Person.Send(text);
        }

        private string ChatOf(string effect) => _sellers[int.Parse(effect.Split(' ')[0], CultureInfo.InvariantCulture) - 1].Person.Chat.Transcript();

        private void Count(bool hasEffect, Seller seller, string what)
        {
            Updates++;
            if (hasEffect)
                _effects.Add(_world.NextUpdateId, $"{seller.Number} {what}");
        }

        private sealed record Seller(int Number, Person Person)
        {
            public bool IsOn { get; set; }

            public bool Updates { get; set; }

            public bool HasOther { get; set; }

            public IEnumerable<string> State()
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"shop {Own(Number)} {(IsOn ? 1 : 0)} {(Updates ? 1 : 0)}");
                yield return string.Create(CultureInfo.InvariantCulture, $"shop {Other(Number)} 0 0");
                yield return string.Create(CultureInfo.InvariantCulture, $"person {Person.Id} SE 0");
                yield return string.Create(CultureInfo.InvariantCulture, $"binding {Number} {Own(Number)}");
                if (HasOther)
                    yield return string.Create(CultureInfo.InvariantCulture, $"binding {Number} {Other(Number)}");
            }
        }
    }
}
