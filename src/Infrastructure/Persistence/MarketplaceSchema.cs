namespace MarketBot.Infrastructure.Persistence;

/// <summary>
/// The marketplace's own tables, as its Django makes them on SQLite, and what MarketBot relies on in them. Standalone,
/// MarketBot makes them itself; attached, it never touches them.
/// </summary>
internal static class MarketplaceSchema
{
    /// <summary>Every table with the columns MarketBot reads or writes.</summary>
    public static IReadOnlyDictionary<string, string[]> Tables { get; } = new Dictionary<string, string[]>
    {
        ["auth_user"] =
            ["id", "password", "last_login", "is_superuser", "username", "last_name", "email", "is_staff", "is_active", "date_joined", "first_name"],
        ["auth_group"] = ["id", "name"],
        ["auth_user_groups"] = ["id", "user_id", "group_id"],
        ["shops"] = ["slug", "id", "name", "client_id", "is_active", "ozon_api_key", "price_updating", "shipper_api_key", "vendor_name"],
        ["warehouses"] = ["id", "shop_id", "warehouse_id", "name"],
        ["tg_bot_telegramuser"] =
            ["id", "chat_id", "first_name", "last_name", "username", "role", "created_at", "is_banned", "is_active", "is_logged_out"],
        ["tg_bot_telegramuser_shops"] = ["id", "telegramuser_id", "shop_id"],
    };

    /// <summary>Made together with the marketplace's tables, wherever it is MarketBot that makes them.</summary>
    private const string OwnMark = "marketbot_marketplace";

    /// <summary>Every Django has it.</summary>
    private const string DjangoMark = "django_migrations";

    /// <summary>Whether the marketplace's tables among these, or those yet to come, are not MarketBot's to make or change.</summary>
    public static bool IsAttached(IReadOnlySet<string> tables) =>
        tables.Contains(DjangoMark) || (!tables.Contains(OwnMark) && Tables.Keys.Any(tables.Contains));

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
}
