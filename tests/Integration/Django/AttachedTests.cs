using System.Text.Json;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Django;

/// <summary>A real <c>marketbot</c> process on the database of a real Django; what it did, Django's ORM is asked.</summary>
public sealed class AttachedTests : IAsyncLifetime
{
    private const string Password = "right horse";

    /// <summary>Everything that is not MarketBot's own.</summary>
    private const string Schema =
        "SELECT coalesce(group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10)), '') FROM (SELECT * FROM sqlite_master WHERE tbl_name NOT LIKE 'marketbot\\_%' ESCAPE '\\' ORDER BY type, name)";

    private DjangoProject _django = null!;
    private RealBot _bot = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _django = await DjangoProject.OnSqlite();
        _bot = await RealBot.On(_django.Database, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _django.DisposeAsync();
    }

    [Fact]
    public async Task A_seller_and_an_admin_run_the_shops_and_Django_confirms_every_effect()
    {
        await _django.AddAdmin("chief");
        var nuts = await _django.AddShop("Орехи", "k-1");
        var tea = await _django.AddShop("Tea", "k-2");
        var before = await _bot.Value<string>(Schema);
        await _bot.Start(Ct);
        var anna = await Registered(1001, "k-1");

        var registered = await Row(1001);
        await anna.Presses(Words.Ru.AddShop);
        await anna.Says("k-2");
        var bound = await ShopsOf(1001);
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Орехи");
        await anna.Presses($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");
        await anna.Presses($"{Words.Ru.PriceUpdating}: {Words.Ru.TurnOn}");
        var switched = await ShopState(nuts);
        await anna.Presses(Words.Ru.UnlinkShop);
        await anna.Presses(Words.Ru.Yes);
        var unbound = await ShopsOf(1001);
        await anna.Says("/sign_out");
        var left = await Row(1001);
        var gleb = await LoggedIn(1002, "chief");
        await gleb.Presses(Words.Ru.AllShops);
        await gleb.Presses("⏸ Tea");
        await gleb.Presses($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");
        var banned = await _bot.Operate(Ct, "users", "ban", "1001");
        await _bot.Settles(TimeSpan.FromSeconds(20), Ct);

        Assert.Equal((1001, "Anna", "Test", "user1001", "SE", false, true, false), Person(registered));
        Assert.Equal([nuts, tea], bound);
        Assert.Equal("True True Орехи k-1 Vendor 10001 None", switched);
        Assert.Equal([tea], unbound);
        Assert.Equal((1001, "Anna", "Test", "user1001", "SE", false, true, true), Person(left));
        Assert.Equal((1002, "Anna", "Test", "user1002", "AD", false, true, false), Person(await Row(1002)));
        Assert.Empty(await ShopsOf(1002));
        Assert.Equal("True False Tea k-2 Vendor 10001 None", await ShopState(tea));
        Assert.Equal(0, banned.Code);
        Assert.True((await Row(1001)).GetProperty("is_banned").GetBoolean());
        Assert.Equal(0, (await _django.Run(EveryRowIsValid)).GetInt32());
        Assert.Equal(before, await _bot.Value<string>(Schema));
        Assert.Equal("delete", await _bot.Value<string>("SELECT journal_mode FROM pragma_journal_mode"));
    }

    [Fact]
    public async Task Admins_log_in_whatever_hash_Django_made_of_their_password()
    {
        string[] hashers = ["pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "bcrypt"];
        foreach (var hasher in hashers)
            await _django.AddAdmin(hasher, "пароль 🔑 of " + hasher, hasher);
        await _django.AddAdmin("scrypt");
        await _django.Run(
            """
            import hashlib, base64
            made = hashlib.scrypt("пароль 🔑 of scrypt".encode(), salt=b"seasalt", n=2 ** 14, r=8, p=5, maxmem=2 ** 28, dklen=64)
            User.objects.filter(username="scrypt").update(password="scrypt$16384$seasalt$8$5$" + base64.b64encode(made).decode())
            """);
        await _django.Run("names = dict(User.objects.values_list('username', 'password'))");
        await _bot.Start(Ct);

        var rows = new List<string[]>();
        foreach (var (name, i) in hashers.Append("scrypt").Select((h, i) => (h, i)))
        {
            var admin = await Asked(2000 + i, name);
            await admin.Says("wrong");
            await admin.Says("пароль 🔑 of " + name);
            rows.Add(admin.Rows);
        }

        Assert.All(rows, menu => Assert.Equal(Words.Ru.AdminMenu, menu));
        Assert.True((await _django.Run("answer = names == dict(User.objects.values_list('username', 'password'))")).GetBoolean());
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("sha1")]
    [InlineData("unsalted_md5")]
    [InlineData("unsalted_sha1")]
    [InlineData("crypt")]
    public async Task An_outdated_hash_logs_in_after_one_login_on_the_site(string hasher)
    {
        await _django.AddAdmin("chief", Password, hasher);
        await _bot.Start(Ct);
        var gleb = await Asked(1002, "chief");

        var advised = await gleb.Says(Password);
        var onTheSite = await _django.Run($"from django.contrib.auth import authenticate\nanswer = authenticate(username='chief', password={DjangoProject.Text(Password)}) is not None");
        await gleb.Says(Password);

        Assert.Contains("Войдите один раз на сайте", advised.Text, StringComparison.Ordinal);
        Assert.True(onTheSite.GetBoolean());
        Assert.Equal(Words.Ru.AdminMenu, gleb.Rows);
    }

    [Fact]
    public async Task Whoever_registered_with_the_predecessor_keeps_everything_and_only_admins_log_in_once_more()
    {
        await _django.AddAdmin("chief");
        var nuts = await _django.AddShop("Nuts", "k-1");
        await _django.Run(
            $"""
            from datetime import datetime, timezone
            def registered(chat_id, role, **flags):
                person = TelegramUser.objects.create(chat_id=chat_id, first_name="Old", last_name="Name", username="old", role=role, **flags)
                if role == "SE":
                    person.shops.add({nuts})
            registered(1, "SE")
            registered(2, "SE", is_active=False)
            registered(3, "SE", is_banned=True)
            registered(4, "SE", is_logged_out=True, is_active=False)
            registered(5, "AD")
            registered(6, "AD", is_active=False)
            TelegramUser.objects.update(created_at=datetime(2021, 3, 4, 5, 6, 7, 89, tzinfo=timezone.utc))
            """);
        await _bot.Start(Ct);
        var people = Enumerable.Range(1, 6).Select(id => _bot.Person(id)).ToList();

        foreach (var person in people)
            await person.Says("/menu");
        await people[0].Presses(Words.Ru.MyShops);
        await people[3].Presses(Words.Ru.Seller);
        await people[3].Says("k-1");
        foreach (var admin in people[4..])
        {
            await admin.Presses(Words.Ru.Administrator);
            await admin.Says("chief");
            await admin.Says(Password);
        }

        await _bot.Settles(TimeSpan.FromSeconds(20), Ct);

        Assert.Contains("⏸ Nuts", people[0].Rows);
        Assert.Contains("Подписка не действует", people[1].Sees, StringComparison.Ordinal);
        Assert.Contains("заблокирован", people[2].Sees, StringComparison.Ordinal);
        Assert.DoesNotContain(Words.Ru.MyShops, people[3].Rows);
        Assert.Equal(Words.Ru.AdminMenu, people[4].Rows);
        Assert.Equal((1, "Old", "Name", "old", "SE", false, true, false), Person(await Row(1)));
        Assert.Equal((2, "Old", "Name", "old", "SE", false, false, false), Person(await Row(2)));
        Assert.Equal((3, "Old", "Name", "old", "SE", true, true, false), Person(await Row(3)));
        Assert.Equal((4, "Anna", "Test", "user4", "SE", false, false, false), Person(await Row(4)));
        Assert.Equal((5, "Anna", "Test", "user5", "AD", false, true, false), Person(await Row(5)));
        Assert.Equal((6, "Anna", "Test", "user6", "AD", false, false, false), Person(await Row(6)));
        Assert.Equal([nuts], await ShopsOf(4));
        Assert.True((await _django.Run("answer = set(TelegramUser.objects.values_list('created_at', flat=True)) == {datetime(2021, 3, 4, 5, 6, 7, 89, tzinfo=timezone.utc)}")).GetBoolean());
        Assert.Equal(0, (await _django.Run(EveryRowIsValid)).GetInt32());
    }

    [Fact]
    public async Task What_Django_changes_is_seen_at_the_next_tap()
    {
        await _django.AddAdmin("chief");
        var nuts = await _django.AddShop("Nuts", "k-1");
        await _django.AddShop("Tea", "k-2");
        await _bot.Start(Ct);
        var anna = await Registered(1001, "k-1");
        var boris = await Registered(1002, "k-2");
        var gleb = await LoggedIn(1003, "chief");

        await _django.Run($"Shop.objects.get(pk={nuts}).delete()");
        await anna.Presses(Words.Ru.MyShops);
        await _django.Run("boris = TelegramUser.objects.get(chat_id=1002); boris.is_banned = True; boris.save()");
        await boris.Presses(Words.Ru.MyShops);
        await _django.Run("User.objects.get(username='chief').groups.clear()");
        await gleb.Presses(Words.Ru.AllShops);

        Assert.DoesNotContain("⏸ Nuts", anna.Rows);
        Assert.Contains("заблокирован", boris.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Ru.RoleChoice, gleb.Rows);
    }

    [Fact]
    public async Task MarketBot_writes_only_the_columns_it_changes()
    {
        var nuts = await _django.AddShop("Nuts", "k-1");
        await _django.Run("TelegramUser.objects.create(chat_id=1001, first_name='Anna', last_name='Test', username='user1001', role='SE', is_logged_out=True)");
        await SqliteFile.Execute(
            _django.Database,
            """
            CREATE TRIGGER shop_columns AFTER UPDATE OF id, name, slug, client_id, ozon_api_key, shipper_api_key, vendor_name ON shops BEGIN SELECT RAISE(ABORT, 'written'); END;
            CREATE TRIGGER person_columns AFTER UPDATE OF id, chat_id, first_name, last_name, username, role, created_at, is_banned, is_active ON tg_bot_telegramuser
            BEGIN SELECT RAISE(ABORT, 'written'); END;
            CREATE TRIGGER activation AFTER UPDATE OF is_active ON shops WHEN OLD.is_active = NEW.is_active BEGIN SELECT RAISE(ABORT, 'written'); END;
            CREATE TRIGGER prices AFTER UPDATE OF price_updating ON shops WHEN OLD.price_updating = NEW.price_updating BEGIN SELECT RAISE(ABORT, 'written'); END;
            """);
        await _bot.Start(Ct);

        var anna = await Registered(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");
        await anna.Presses($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");
        await anna.Presses($"{Words.Ru.PriceUpdating}: {Words.Ru.TurnOn}");
        await anna.Says("/sign_out");
        await _bot.Settles(TimeSpan.FromSeconds(20), Ct);

        Assert.Equal("True True Nuts k-1 Vendor 10001 None", await ShopState(nuts));
        Assert.True((await Row(1001)).GetProperty("is_logged_out").GetBoolean());
        Assert.Equal(0, await _bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state > 2"));
    }

    [Fact]
    public async Task A_stale_object_that_Django_saves_column_by_column_and_MarketBot_do_not_undo_each_other()
    {
        var nuts = await _django.AddShop("Nuts", "k-1");
        await _bot.Start(Ct);
        var anna = await Registered(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");
        await _django.Run($"shop = Shop.objects.get(pk={nuts}); person = TelegramUser.objects.get(chat_id=1001)");

        await _django.Run($"Shop.objects.filter(pk={nuts}).update(name='Seeds', price_updating=True)");
        await anna.Presses($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");
        var afterTheTap = await ShopState(nuts);
        await anna.Says("/sign_out");
        await _django.Run("shop.vendor_name = 'Other'; shop.save(update_fields=['vendor_name'])");
        await _django.Run("person.is_active = False; person.save(update_fields=['is_active'])");

        Assert.Equal("True True Seeds k-1 Vendor 10001 None", afterTheTap);
        Assert.Equal("True True Seeds k-1 Other 10001 None", await ShopState(nuts));
        Assert.Equal((1001, "Anna", "Test", "user1001", "SE", false, false, true), Person(await Row(1001)));
    }

    [Theory]
    [InlineData("shops", "add", "--name", "Nuts", "--key", "k-1")]
    [InlineData("shops", "import", "shops.csv")]
    [InlineData("accounts", "add", "chief", "--password", "one")]
    [InlineData("accounts", "set-password", "chief", "--password", "one")]
    public async Task The_marketplaces_own_tables_are_not_the_command_lines_to_fill(params string[] command)
    {
        await _django.AddAdmin("chief");
        var passwords = await _django.Run("answer = list(User.objects.values_list('password', flat=True))");
        var folder = Path.GetDirectoryName(_django.Database)!;
        await File.WriteAllTextAsync(Path.Combine(folder, "shops.csv"), "name,api_key\nNuts,k-1\n", Ct);
        if (command[1] == "import")
            command[2] = Path.Combine(folder, command[2]);

        var (code, output, errors) = await _bot.Operate(Ct, command);

        Assert.Equal((2, ""), (code, output.Trim()));
        Assert.Equal("This database belongs to a marketplace: shops and accounts are added and changed there, not by MarketBot.", errors.Trim());
        Assert.Equal(0, (await _django.Run("answer = Shop.objects.count()")).GetInt32());
        Assert.Equal(passwords.ToString(), (await _django.Run("answer = list(User.objects.values_list('password', flat=True))")).ToString());
    }

    [Fact]
    public async Task A_marketplace_whose_migrations_have_not_run_gets_no_tables_made_by_MarketBot()
    {
        await _django.Run("call_command('migrate', 'tg_bot', 'zero', verbosity=0); call_command('migrate', 'shop', 'zero', verbosity=0)");
        var before = await _bot.Value<string>(Schema);

        var (code, _, errors) = await _bot.Operate(Ct, "db", "upgrade");

        Assert.Equal(2, code);
        Assert.Contains("shops", errors, StringComparison.Ordinal);
        Assert.Equal(before, await _bot.Value<string>(Schema));
    }

    /// <summary>As many rows as Django's own validation objects to, or whose values are not of the type that Django gives them.</summary>
    private const string EveryRowIsValid =
        """
        from datetime import datetime
        from django.utils import timezone as zones
        def wrong(row):
            row.full_clean()
            for field in row._meta.fields:
                value = getattr(row, field.attname)
                kind = field.get_internal_type()
                if kind == "BooleanField" and type(value) is not bool:
                    return True
                if kind == "DateTimeField" and value is not None and not (isinstance(value, datetime) and zones.is_aware(value)):
                    return True
            return False
        rows = [*Shop.objects.all(), *TelegramUser.objects.all(), *User.objects.all()]
        answer = sum(wrong(row) for row in rows)
        """;

    private async Task<Actor> Registered(long id, string key)
    {
        var seller = _bot.Person(id);
        await seller.Says("/start");
        await seller.Presses(Words.Ru.Seller);
        await seller.Says(key);
        return seller;
    }

    private async Task<Actor> Asked(long id, string username)
    {
        var admin = _bot.Person(id);
        await admin.Says("/start");
        await admin.Presses(Words.Ru.Administrator);
        await admin.Says(username);
        return admin;
    }

    private async Task<Actor> LoggedIn(long id, string username)
    {
        var admin = await Asked(id, username);
        await admin.Says(Password);
        return admin;
    }

    private Task<JsonElement> Row(long id) => _django.Run($"answer = TelegramUser.objects.filter(chat_id={id}).values().get()");

    private async Task<long[]> ShopsOf(long id) =>
        [.. (await _django.Run($"answer = sorted(TelegramUser.objects.get(chat_id={id}).shops.values_list('pk', flat=True))")).EnumerateArray().Select(e => e.GetInt64())];

    private async Task<string> ShopState(long id) => (await _django.Run(
        $"""
        shop = Shop.objects.get(pk={id})
        answer = " ".join(map(str, [shop.is_active, shop.price_updating, shop.name, shop.ozon_api_key, shop.vendor_name, shop.client_id, shop.slug]))
        """)).GetString()!;

    private static (long, string, string, string, string, bool, bool, bool) Person(JsonElement row) => (
        row.GetProperty("chat_id").GetInt64(), row.GetProperty("first_name").GetString()!, row.GetProperty("last_name").GetString()!, row.GetProperty("username").GetString()!,
        row.GetProperty("role").GetString()!, row.GetProperty("is_banned").GetBoolean(), row.GetProperty("is_active").GetBoolean(), row.GetProperty("is_logged_out").GetBoolean());
}
