namespace MarketBot.Infrastructure.Persistence;

/// <summary>What a column holds; every database has its own names for it.</summary>
internal enum ColumnKind
{
    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A point in time.</summary>
    Instant,
}

/// <summary>A column that MarketBot relies on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Length">The longest text, as Django has it; 0 where it holds none.</param>
/// <param name="MayBeNull">Whether MarketBot can read NULL.</param>
internal sealed record ExpectedColumn(string Name, ColumnKind Kind, int Length = 0, bool MayBeNull = false);

/// <summary>A table that MarketBot relies on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFilled">Whether MarketBot adds rows to it also where the marketplace is somebody else's.</param>
/// <param name="Columns">All columns it reads or writes.</param>
/// <param name="Unique">Which columns, together, must tell the rows apart.</param>
internal sealed record ExpectedTable(string Name, bool IsFilled, ExpectedColumn[] Columns, string[][] Unique);

/// <summary>A column whose rows say which row of another table they belong to.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="To">The other table.</param>
/// <param name="Key">What it says of the other row.</param>
internal sealed record ExpectedReference(string Table, string Column, string To, string Key);

/// <summary>
/// The marketplace's own tables, as its Django makes them, and what MarketBot relies on in them. Standalone, MarketBot makes
/// them itself; attached, it never touches them.
/// </summary>
internal static class MarketplaceSchema
{
    /// <summary>Every table with the columns MarketBot reads or writes.</summary>
    public static IReadOnlyList<ExpectedTable> Tables { get; } =
    [
        new("auth_user", IsFilled: false,
            [
                Whole("id"), Text("password", 128), new("last_login", ColumnKind.Instant, MayBeNull: true), Flag("is_superuser"), Text("username", 150), Text("last_name", 150),
                Text("email", 254), Flag("is_staff"), Flag("is_active"), Instant("date_joined"), Text("first_name", 150),
            ],
            [["id"], ["username"]]),
        new("auth_group", IsFilled: false, [Whole("id"), Text("name", 150)], [["id"], ["name"]]),
        new("auth_user_groups", IsFilled: false, [Whole("id"), Whole("user_id"), Whole("group_id")], [["id"], ["user_id", "group_id"]]),
        new("shops", IsFilled: false,
            [
                new("slug", ColumnKind.Text, 50, MayBeNull: true), Whole("id"), Text("name", 50), Text("client_id", 8), Flag("is_active"), Text("ozon_api_key", 50),
                Flag("price_updating"), Text("shipper_api_key", 200), Text("vendor_name", 50),
            ],
            [["id"]]),
        new("warehouses", IsFilled: false, [Whole("id"), Whole("shop_id"), Whole("warehouse_id"), Text("name", 50)], [["id"]]),
        new("tg_bot_telegramuser", IsFilled: true,
            [
                Whole("id"), Whole("chat_id"), Text("first_name", 255), Text("last_name", 255), Text("username", 255), Text("role", 2), Instant("created_at"),
                Flag("is_banned"), Flag("is_active"), Flag("is_logged_out"),
            ],
            [["id"], ["chat_id"]]),
        new("tg_bot_telegramuser_shops", IsFilled: true, [Whole("id"), Whole("telegramuser_id"), Whole("shop_id")], [["id"], ["telegramuser_id", "shop_id"]]),
    ];

    /// <summary>The names of the tables, and of what tells whose they are.</summary>
    public static IReadOnlyList<string> TableNames { get; } = [.. Tables.Select(t => t.Name), Catalogue.DjangoMark];

    /// <summary>Makes the tables on SQLite; the index on the API key is ours, Django has none.</summary>
    public const string CreateOnSqlite =
        """
        CREATE TABLE "marketbot_marketplace" ("created_at" bigint NOT NULL);
        INSERT INTO "marketbot_marketplace" VALUES (CAST(strftime('%s', 'now') AS integer) * 1000);
        CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
        CREATE TABLE "auth_user" (
            "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL,
            "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL,
            "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL,
            "first_name" varchar(150) NOT NULL);
        CREATE TABLE "auth_user_groups" (
            "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
            "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
            "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
        CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
        CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
        CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
        CREATE TABLE "shops" (
            "slug" varchar(50) NULL UNIQUE, "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(50) NOT NULL,
            "client_id" varchar(8) NOT NULL, "is_active" bool NOT NULL, "ozon_api_key" varchar(50) NOT NULL,
            "price_updating" bool NOT NULL, "shipper_api_key" varchar(200) NOT NULL, "vendor_name" varchar(50) NOT NULL);
        CREATE INDEX "shops_ozon_api_key" ON "shops" ("ozon_api_key");
        CREATE TABLE "warehouses" (
            "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
            "shop_id" bigint NOT NULL REFERENCES "shops" ("id") DEFERRABLE INITIALLY DEFERRED,
            "warehouse_id" bigint unsigned NOT NULL CHECK ("warehouse_id" >= 0), "name" varchar(50) NOT NULL);
        CREATE INDEX "shop_warehouse_shop_id_b8c36822" ON "warehouses" ("shop_id");
        CREATE TABLE "tg_bot_telegramuser" (
            "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "chat_id" integer unsigned NOT NULL UNIQUE CHECK ("chat_id" >= 0),
            "first_name" varchar(255) NOT NULL, "last_name" varchar(255) NOT NULL, "username" varchar(255) NOT NULL,
            "role" varchar(2) NOT NULL, "created_at" datetime NOT NULL, "is_banned" bool NOT NULL, "is_active" bool NOT NULL,
            "is_logged_out" bool NOT NULL);
        CREATE TABLE "tg_bot_telegramuser_shops" (
            "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
            "telegramuser_id" bigint NOT NULL REFERENCES "tg_bot_telegramuser" ("id") DEFERRABLE INITIALLY DEFERRED,
            "shop_id" bigint NOT NULL REFERENCES "shops" ("id") DEFERRABLE INITIALLY DEFERRED);
        CREATE UNIQUE INDEX "tg_bot_telegramuser_shops_telegramuser_id_shop_id_0aa0a5c1_uniq"
            ON "tg_bot_telegramuser_shops" ("telegramuser_id", "shop_id");
        CREATE INDEX "tg_bot_telegramuser_shops_telegramuser_id_fa22a71a" ON "tg_bot_telegramuser_shops" ("telegramuser_id");
        CREATE INDEX "tg_bot_telegramuser_shops_shop_id_0b0cb212" ON "tg_bot_telegramuser_shops" ("shop_id");
        """;

    private static ExpectedColumn Whole(string name) => new(name, ColumnKind.Whole);

    private static ExpectedColumn Text(string name, int length) => new(name, ColumnKind.Text, length);

    private static ExpectedColumn Flag(string name) => new(name, ColumnKind.Flag);

    private static ExpectedColumn Instant(string name) => new(name, ColumnKind.Instant);
}
