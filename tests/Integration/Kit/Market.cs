using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MarketBot.Infrastructure;
using MarketBot.Playground;

namespace MarketBot.Tests.Integration.Kit;

/// <summary>
/// Sellers with two shops and an account each (many logins to one account at once would be throttled), who switch, bind, unbind, sign out and in; it knows how
/// everything must end.
/// </summary>
internal sealed class Market
{
    private const long FirstId = 10_000;
    private const string Password = "right horse";
    private readonly TelegramWorld _world;
    private readonly Random _random;
    private readonly Seller[] _sellers;
    private readonly Dictionary<long, string> _effects = [];
    private readonly bool _onlyPresses;
    private int _texts;

    /// <param name="world">The Telegram they write to.</param>
    /// <param name="users">The number of people.</param>
    /// <param name="random">The source of random choices.</param>
    /// <param name="onlyPresses">
    /// True when nobody writes: a webhook's order holds per kind of update, so a press and the text after it may change places.
    /// </param>
    public Market(TelegramWorld world, int users, Random random, bool onlyPresses = false)
    {
        _onlyPresses = onlyPresses;
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
        sql.Append("INSERT INTO auth_group (id, name) VALUES (1, 'telegram_admins');");
        for (var n = 1; n <= users; n++)
        {
            foreach (var (id, name) in new[] { (Own(n), $"a-{n}"), (Other(n), $"b-{n}") })
                sql.Append(
                    CultureInfo.InvariantCulture,
                    $"INSERT INTO shops (id, slug, name, client_id, is_active, ozon_api_key, price_updating, shipper_api_key, vendor_name) VALUES ({id}, "
                    + $"'s{id}', '{name}', '', FALSE, '{name}', FALSE, '', '');");
            sql.Append(
                CultureInfo.InvariantCulture,
                $"INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) VALUES ({n}, "
                + $"'pbkdf2_sha256$1000$salt${hash}', FALSE, 'chief-{n}', '', '', '', TRUE, TRUE, '2026-01-01'); INSERT INTO auth_user_groups (user_id, "
                + $"group_id) VALUES ({n}, 1);");
            sql.Append(
                CultureInfo.InvariantCulture,
                $"INSERT INTO tg_bot_telegramuser (id, chat_id, first_name, last_name, username, role, created_at, is_banned, is_active, is_logged_out) VALUES "
                + $"({n}, {FirstId + n}, 'Anna', '', '', 'SE', '2026-01-01 00:00:00', FALSE, TRUE, FALSE);");
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

    public async Task Verify(TestDatabase database)
    {
        if (database.Kind == DatabaseKind.Sqlite)
            Assert.Equal(["ok"], await database.Column("SELECT integrity_check FROM pragma_integrity_check"));
        Assert.Equal(
            _sellers.SelectMany(s => s.State()).Order(StringComparer.Ordinal),
            (await database.Column(StateSql)).Order(StringComparer.Ordinal));
        var applied = (await database.Column("SELECT CAST(update_id AS text) FROM marketbot_audit"))
            .ToLookup(id => long.Parse(id, CultureInfo.InvariantCulture));
        Assert.True(
            _effects.Keys.All(applied.Contains),
            string.Join('\n', _effects.Where(e => !applied.Contains(e.Key)).Select(e => $"{e.Key} {e.Value} was lost\n{ChatOf(e.Value)}")));
        Assert.Equal(
            [], applied.Where(a => a.Count() > 1 || !_effects.ContainsKey(a.Key))
                .Select(a => $"{a.Key} {_effects.GetValueOrDefault(a.Key)} was applied {a.Count()} times"));
        var switches = (await database.Column("SELECT action || ' ' || shop_id || ':' || after FROM marketbot_audit WHERE action LIKE 'Toggle%' ORDER BY id"))
            .Select(line => line.Split(':')).ToLookup(line => line[0], line => line[1]);
        Assert.Equal(
            [], switches.Where(s => s.Zip(s.Skip(1)).Any(pair => pair.First == pair.Second)).Select(s => $"{s.Key} was not in order: {string.Join(' ', s)}"));
        Assert.Empty(await database.Column("SELECT reason FROM marketbot_inbox WHERE state = 3"));
        Assert.Empty(await database.Column("SELECT name FROM marketbot_outbox"));

        // Nobody but the shop's own seller has switched it.
        Assert.Empty(
            _sellers.SelectMany(s => s.Person.Chat.Messages).Where(m => m.FromBot && m.Text.Contains("On the site", StringComparison.Ordinal))
                .Select(m => m.Text));
    }

    private const string StateSql =
        """
        SELECT 'shop ' || id || ' ' || CAST(is_active AS integer) || ' ' || CAST(price_updating AS integer) FROM shops
        UNION ALL SELECT 'person ' || chat_id || ' ' || role || ' ' || CAST(is_logged_out AS integer) FROM tg_bot_telegramuser
        UNION ALL SELECT 'binding ' || telegramuser_id || ' ' || shop_id FROM tg_bot_telegramuser_shops
        """;

    private static int Own(int n) => (2 * n) - 1;

    private static int Other(int n) => 2 * n;

    private void Act(Seller seller)
    {
        var n = seller.Number;
        switch (_random.Next(_onlyPresses ? 8 : 12))
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
