using System.Text.Json;
using MarketBot.Infrastructure;
using MarketBot.Tests.Integration.Kit;

namespace MarketBot.Tests.Integration.Django;

/// <summary>On SQLite.</summary>
public sealed class AttachedOnSqliteTests() : AttachedTests(DatabaseKind.Sqlite)
{
    protected override string Schema =>
        "SELECT coalesce(group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10)), '') FROM (SELECT * FROM sqlite_master WHERE tbl_name NOT "
        + "LIKE 'marketbot\\_%' ESCAPE '\\' ORDER BY type, name)";

    protected override string Watch =>
        """
        CREATE TRIGGER shop_columns AFTER UPDATE OF id, name, slug, client_id, ozon_api_key, shipper_api_key, vendor_name ON shops
            BEGIN SELECT RAISE(ABORT, 'written'); END;
        CREATE TRIGGER person_columns AFTER UPDATE OF id, chat_id, first_name, last_name, username, role, created_at, is_banned, is_active
            ON tg_bot_telegramuser
        BEGIN SELECT RAISE(ABORT, 'written'); END;
        CREATE TRIGGER activation AFTER UPDATE OF is_active ON shops WHEN OLD.is_active = NEW.is_active BEGIN SELECT RAISE(ABORT, 'written'); END;
        CREATE TRIGGER prices AFTER UPDATE OF price_updating ON shops WHEN OLD.price_updating = NEW.price_updating BEGIN SELECT RAISE(ABORT, 'written'); END;
        """;

    [Fact]
    public async Task The_journal_mode_stays_as_it_is()
    {
        await Bot.Start(Ct);

        Assert.Equal("delete", await Bot.Value<string>("SELECT journal_mode FROM pragma_journal_mode"));
    }

    [Fact]
    public async Task The_doctor_finds_what_is_not_perfect_about_a_fresh_Django_and_after_mending_only_that_a_WAL_file_is_shared()
    {
        await Django.AddAdmin("chief");
        await Bot.Operate(Ct, "db", "upgrade");
        var file = Path.Combine(Django.Folder, "db.sqlite3");

        var before = await Bot.Operate(Ct, "doctor");
        await Django.Database.Execute("CREATE INDEX \"shops_ozon_api_key\" ON \"shops\" (\"ozon_api_key\"); PRAGMA journal_mode = WAL;");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var after = await Bot.Operate(Ct, "doctor");

        Assert.Equal((1, 1), (before.Code, after.Code));
        Assert.Contains(
            "Another program writes to this WAL database, too: with a SQLite older than 3.51.3 it can corrupt it.",
            Assert.Single(after.Output.Split('\n'), line => line.StartsWith("warning", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(
            [$"chmod o-rwx '{file}'", "CREATE INDEX \"shops_ozon_api_key\" ON \"shops\" (\"ozon_api_key\");", $"sqlite3 '{file}' 'PRAGMA journal_mode = WAL;'"],
            mend => Assert.Contains(mend, before.Output, StringComparison.Ordinal));
    }
}

/// <summary>On PostgreSQL.</summary>
public sealed class AttachedOnPostgresTests() : AttachedTests(DatabaseKind.Postgres)
{
    protected override string Schema =>
        """
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity) AS line
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name NOT LIKE 'marketbot\_%'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'marketbot\_%'
            UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'marketbot\_%') lines
        """;

    protected override string Watch =>
        """
        CREATE FUNCTION written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'written'; END $$;
        CREATE TRIGGER shop_columns AFTER UPDATE OF id, name, slug, client_id, ozon_api_key, shipper_api_key, vendor_name ON shops
            FOR EACH ROW EXECUTE FUNCTION written();
        CREATE TRIGGER person_columns AFTER UPDATE OF id, chat_id, first_name, last_name, username, role, created_at, is_banned, is_active
            ON tg_bot_telegramuser
        FOR EACH ROW EXECUTE FUNCTION written();
        CREATE TRIGGER activation AFTER UPDATE OF is_active ON shops FOR EACH ROW WHEN (OLD.is_active = NEW.is_active) EXECUTE FUNCTION written();
        CREATE TRIGGER prices AFTER UPDATE OF price_updating ON shops FOR EACH ROW WHEN (OLD.price_updating = NEW.price_updating) EXECUTE FUNCTION written();
        """;

    [Fact]
    public async Task The_doctor_finds_what_is_not_perfect_about_a_fresh_Django_and_after_its_SQL_nothing()
    {
        await Django.AddAdmin("chief");
        await Bot.Operate(Ct, "db", "upgrade");

        var before = await Bot.Operate(Ct, "doctor", "--json");
        foreach (var mend in Mends(before.Output))
            await Django.Database.Execute(mend);
        var after = await Bot.Operate(Ct, "doctor");

        Assert.True(before.Code == 1, before.Output + before.Errors);
        Assert.Equal(
            ["ALTER TABLE \"tg_bot_telegramuser\" ALTER COLUMN \"chat_id\" TYPE bigint;",
                "CREATE INDEX CONCURRENTLY \"shops_ozon_api_key\" ON \"shops\" (\"ozon_api_key\");"],
            Mends(before.Output));
        Assert.True(after.Code == 0, after.Output + after.Errors);
        Assert.Contains("ok       clock", after.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALTER TABLE shops DROP COLUMN vendor_name", 2, "shops.vendor_name is missing")]
    [InlineData("ALTER TABLE shops ALTER COLUMN is_active TYPE varchar(5)", 2, "shops.is_active has the type character varying(5)")]
    [InlineData("ALTER TABLE tg_bot_telegramuser ALTER COLUMN created_at TYPE timestamp", 2, "created_at has the type timestamp without time zone")]
    [InlineData(
        "ALTER TABLE tg_bot_telegramuser ALTER COLUMN first_name TYPE varchar(20)", 1, "first_name takes 20 characters, but MarketBot writes up to 255")]
    [InlineData("ALTER TABLE shops ALTER COLUMN vendor_name DROP NOT NULL", 1, "shops.vendor_name may be NULL")]
    [InlineData("ALTER TABLE tg_bot_telegramuser ADD COLUMN phone varchar(20) NOT NULL", 2, "tg_bot_telegramuser.phone wants a value")]
    [InlineData(
        "ALTER TABLE tg_bot_telegramuser ADD COLUMN rating smallint NOT NULL, ADD COLUMN balance numeric(10, 2) NOT NULL, ADD COLUMN code uuid NOT NULL, ADD "
        + "COLUMN born interval NOT NULL", 2, "tg_bot_telegramuser.rating wants a value")]
    [InlineData("ALTER TABLE tg_bot_telegramuser ALTER COLUMN id DROP DEFAULT", 2, "tg_bot_telegramuser.id wants a value")]
    [InlineData(
        "ALTER TABLE tg_bot_telegramuser_shops DROP CONSTRAINT tg_bot_telegramuser_shops_telegramuser_id_shop_id_0aa0a5c1_uniq", 2,
        "telegramuser_id and shop_id unique")]
    [InlineData("ALTER TABLE tg_bot_telegramuser DROP CONSTRAINT tg_bot_telegramuser_chat_id_key", 2, "tg_bot_telegramuser.chat_id unique")]
    public async Task A_planted_fault_is_found_and_its_SQL_mends_it(string plant, int code, string text)
    {
        await Django.AddAdmin("chief");
        await Bot.Operate(Ct, "db", "upgrade");
        await Django.Database.Execute("ALTER TABLE tg_bot_telegramuser ALTER COLUMN chat_id TYPE bigint; CREATE INDEX ON shops (ozon_api_key)");
        if (!plant.Contains("ADD COLUMN", StringComparison.Ordinal))
            await Django.Database.Execute(Person);
        await Django.Database.Execute(plant);

        var found = await Bot.Operate(Ct, "doctor", "--json");
        foreach (var mend in Mends(found.Output))
            await Django.Database.Execute(mend);
        var mended = await Bot.Operate(Ct, "doctor");
        await Django.Database.Execute(Person.Replace("1001", "1004", StringComparison.Ordinal));

        Assert.True(found.Code == code, found.Output);
        Assert.Contains(text, found.Output, StringComparison.Ordinal);
        Assert.True(mended.Code == 0, mended.Output);
    }

    private const string Person =
        "INSERT INTO tg_bot_telegramuser (chat_id, first_name, last_name, username, role, created_at, is_banned, is_active, is_logged_out) VALUES (1001, "
        + "'Anna', '', '', 'SE', now(), false, true, false)";

    private static List<string> Mends(string json) =>
        [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(f => f.GetProperty("mend").GetString()).OfType<string>()];
}

/// <summary>A real <c>marketbot</c> process on the database of a real Django; what it did, Django's ORM is asked.</summary>
public abstract class AttachedTests(DatabaseKind kind) : IAsyncLifetime
{
    private const string Password = "right horse";

    /// <summary>Queries everything that is not MarketBot's own.</summary>
    protected abstract string Schema { get; }

    /// <summary>Lets every statement fail that writes a column which it need not.</summary>
    protected abstract string Watch { get; }

    protected DjangoProject Django { get; private set; } = null!;

    protected RealBot Bot { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Django = await DjangoProject.On(kind);
        Bot = await RealBot.On(Django.Database, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Django.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_seller_and_an_admin_run_the_shops_and_Django_confirms_every_effect()
    {
        await Django.AddAdmin("chief");
        var nuts = await Django.AddShop("Орехи", "k-1");
        var tea = await Django.AddShop("Tea", "k-2");
        var before = await Bot.Value<string>(Schema);
        await Bot.Start(Ct);
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
        var banned = await Bot.Operate(Ct, "users", "ban", "1001");
        await Bot.Settles(Ct);

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
        Assert.Equal(0, (await Django.Run(EveryRowIsValid)).GetInt32());
        Assert.Equal(before, await Bot.Value<string>(Schema));
    }

    [Fact]
    public async Task Admins_log_in_whatever_hash_Django_made_of_their_password()
    {
        string[] hashers = ["pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "bcrypt"];
        foreach (var hasher in hashers)
            await Django.AddAdmin(hasher, "пароль 🔑 of " + hasher, hasher);
        await Django.AddAdmin("scrypt");
        await Django.Run(
            """
            import hashlib, base64
            made = hashlib.scrypt("пароль 🔑 of scrypt".encode(), salt=b"seasalt", n=2 ** 14, r=8, p=5, maxmem=2 ** 28, dklen=64)
            User.objects.filter(username="scrypt").update(password="scrypt$16384$seasalt$8$5$" + base64.b64encode(made).decode())
            """);
        await Django.Run("names = dict(User.objects.values_list('username', 'password'))");
        await Bot.Start(Ct);

        var rows = new List<string[]>();
        foreach (var (name, i) in hashers.Append("scrypt").Select((h, i) => (h, i)))
        {
            var admin = await Asked(2000 + i, name);
            await admin.Says("wrong");
            await admin.Says("пароль 🔑 of " + name);
            rows.Add(admin.Rows);
        }

        Assert.All(rows, menu => Assert.Equal(Words.Ru.AdminMenu, menu));
        Assert.True((await Django.Run("answer = names == dict(User.objects.values_list('username', 'password'))")).GetBoolean());
    }

    [Theory]
    [InlineData("md5")]
    [InlineData("sha1")]
    [InlineData("unsalted_md5")]
    [InlineData("unsalted_sha1")]
    [InlineData("crypt")]
    public async Task An_outdated_hash_logs_in_after_one_login_on_the_site(string hasher)
    {
        await Django.AddAdmin("chief", Password, hasher);
        await Bot.Start(Ct);
        var gleb = await Asked(1002, "chief");

        var advised = await gleb.Says(Password);
        var onTheSite = await Django.Run(
            $"from django.contrib.auth import authenticate\nanswer = authenticate(username='chief', password={DjangoProject.Text(Password)}) is not None");
        await gleb.Says(Password);

        Assert.Contains("Войдите один раз на сайте", advised.Text, StringComparison.Ordinal);
        Assert.True(onTheSite.GetBoolean());
        Assert.Equal(Words.Ru.AdminMenu, gleb.Rows);
    }

    [Fact]
    public async Task Whoever_registered_with_the_predecessor_keeps_everything_and_only_admins_log_in_once_more()
    {
        await Django.AddAdmin("chief");
        var nuts = await Django.AddShop("Nuts", "k-1");
        await Django.Run(
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
        await Bot.Start(Ct);
        var people = Enumerable.Range(1, 6).Select(id => Bot.Person(id)).ToList();

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

        await Bot.Settles(Ct);

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
        Assert.True(
            (await Django.Run(
                "answer = set(TelegramUser.objects.values_list('created_at', flat=True)) == {datetime(2021, 3, 4, 5, 6, 7, 89, tzinfo=timezone.utc)}"))
                    .GetBoolean());
        Assert.Equal(0, (await Django.Run(EveryRowIsValid)).GetInt32());
    }

    [Fact]
    public async Task What_Django_changes_is_seen_at_the_next_tap()
    {
        await Django.AddAdmin("chief");
        var nuts = await Django.AddShop("Nuts", "k-1");
        await Django.AddShop("Tea", "k-2");
        await Bot.Start(Ct);
        var anna = await Registered(1001, "k-1");
        var boris = await Registered(1002, "k-2");
        var gleb = await LoggedIn(1003, "chief");

        await Django.Run($"Shop.objects.get(pk={nuts}).delete()");
        await anna.Presses(Words.Ru.MyShops);
        await Django.Run("boris = TelegramUser.objects.get(chat_id=1002); boris.is_banned = True; boris.save()");
        await boris.Presses(Words.Ru.MyShops);
        await Django.Run("User.objects.get(username='chief').groups.clear()");
        await gleb.Presses(Words.Ru.AllShops);

        Assert.DoesNotContain("⏸ Nuts", anna.Rows);
        Assert.Contains("заблокирован", boris.Sees, StringComparison.Ordinal);
        Assert.Equal(Words.Ru.RoleChoice, gleb.Rows);
    }

    [Fact]
    public async Task MarketBot_writes_only_the_columns_it_changes()
    {
        var nuts = await Django.AddShop("Nuts", "k-1");
        await Django.Run("TelegramUser.objects.create(chat_id=1001, first_name='Anna', last_name='Test', username='user1001', role='SE', is_logged_out=True)");
        await Django.Database.Execute(Watch);
        await Bot.Start(Ct);

        var anna = await Registered(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");
        await anna.Presses($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");
        await anna.Presses($"{Words.Ru.PriceUpdating}: {Words.Ru.TurnOn}");
        await anna.Says("/sign_out");
        await Bot.Settles(Ct);

        Assert.Equal("True True Nuts k-1 Vendor 10001 None", await ShopState(nuts));
        Assert.True((await Row(1001)).GetProperty("is_logged_out").GetBoolean());
        Assert.Equal(0, await Bot.Value<long>("SELECT count(*) FROM marketbot_inbox WHERE state > 2"));
    }

    [Fact]
    public async Task A_stale_object_that_Django_saves_column_by_column_and_MarketBot_do_not_undo_each_other()
    {
        var nuts = await Django.AddShop("Nuts", "k-1");
        await Bot.Start(Ct);
        var anna = await Registered(1001, "k-1");
        await anna.Presses(Words.Ru.MyShops);
        await anna.Presses("⏸ Nuts");
        await Django.Run($"shop = Shop.objects.get(pk={nuts}); person = TelegramUser.objects.get(chat_id=1001)");

        await Django.Run($"Shop.objects.filter(pk={nuts}).update(name='Seeds', price_updating=True)");
        await anna.Presses($"{Words.Ru.Activation}: {Words.Ru.TurnOn}");
        var afterTheTap = await ShopState(nuts);
        await anna.Says("/sign_out");
        await Django.Run("shop.vendor_name = 'Other'; shop.save(update_fields=['vendor_name'])");
        await Django.Run("person.is_active = False; person.save(update_fields=['is_active'])");

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
        await Django.AddAdmin("chief");
        var passwords = await Django.Run("answer = list(User.objects.values_list('password', flat=True))");
        await File.WriteAllTextAsync(Path.Combine(Django.Folder, "shops.csv"), "name,api_key\nNuts,k-1\n", Ct);
        if (command[1] == "import")
            command[2] = Path.Combine(Django.Folder, command[2]);

        var (code, output, errors) = await Bot.Operate(Ct, command);

        Assert.Equal((2, ""), (code, output.Trim()));
        Assert.Equal("This database belongs to a marketplace: shops and accounts are added and changed there, not by MarketBot.", errors.Trim());
        Assert.Equal(0, (await Django.Run("answer = Shop.objects.count()")).GetInt32());
        Assert.Equal(passwords.ToString(), (await Django.Run("answer = list(User.objects.values_list('password', flat=True))")).ToString());
    }

    [Fact]
    public async Task A_marketplace_whose_migrations_have_not_run_gets_no_tables_made_by_MarketBot()
    {
        await Django.Run("call_command('migrate', 'tg_bot', 'zero', verbosity=0); call_command('migrate', 'shop', 'zero', verbosity=0)");
        var before = await Bot.Value<string>(Schema);

        var (code, _, errors) = await Bot.Operate(Ct, "db", "upgrade");

        Assert.Equal(2, code);
        Assert.Contains("shops", errors, StringComparison.Ordinal);
        Assert.Equal(before, await Bot.Value<string>(Schema));
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
        var seller = Bot.Person(id);
        await seller.Says("/start");
        await seller.Presses(Words.Ru.Seller);
        await seller.Says(key);
        return seller;
    }

    private async Task<Actor> Asked(long id, string username)
    {
        var admin = Bot.Person(id);
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

    private Task<JsonElement> Row(long id) => Django.Run($"answer = TelegramUser.objects.filter(chat_id={id}).values().get()");

    private async Task<long[]> ShopsOf(long id) =>
        [.. (await Django.Run($"answer = sorted(TelegramUser.objects.get(chat_id={id}).shops.values_list('pk', flat=True))")).EnumerateArray()
            .Select(e => e.GetInt64())];

    private async Task<string> ShopState(long id) => (await Django.Run(
        $"""
        shop = Shop.objects.get(pk={id})
        answer = " ".join(map(str, [shop.is_active, shop.price_updating, shop.name, shop.ozon_api_key, shop.vendor_name, shop.client_id, shop.slug]))
        """)).GetString()!;

    private static (long, string, string, string, string, bool, bool, bool) Person(JsonElement row) => (
        row.GetProperty("chat_id").GetInt64(), row.GetProperty("first_name").GetString()!, row.GetProperty("last_name").GetString()!,
        row.GetProperty("username").GetString()!,
        row.GetProperty("role").GetString()!, row.GetProperty("is_banned").GetBoolean(), row.GetProperty("is_active").GetBoolean(),
        row.GetProperty("is_logged_out").GetBoolean());
}
