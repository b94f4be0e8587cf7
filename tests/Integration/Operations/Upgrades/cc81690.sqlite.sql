PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "marketbot_marketplace" ("created_at" bigint NOT NULL);
INSERT INTO marketbot_marketplace VALUES(1795827694000);
CREATE TABLE IF NOT EXISTS "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS "auth_user" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL,
    "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL,
    "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL,
    "first_name" varchar(150) NOT NULL);
CREATE TABLE IF NOT EXISTS "auth_user_groups" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED,
    "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE IF NOT EXISTS "shops" (
    "slug" varchar(50) NULL UNIQUE, "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(50) NOT NULL,
    "client_id" varchar(8) NOT NULL, "is_active" bool NOT NULL, "ozon_api_key" varchar(50) NOT NULL,
    "price_updating" bool NOT NULL, "shipper_api_key" varchar(200) NOT NULL, "vendor_name" varchar(50) NOT NULL);
INSERT INTO shops VALUES(NULL,1,'Nuts','',0,'k-1',0,'','');
INSERT INTO shops VALUES(NULL,2,'Tea','',0,'k-2',0,'','');
CREATE TABLE IF NOT EXISTS "warehouses" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "shop_id" bigint NOT NULL REFERENCES "shops" ("id") DEFERRABLE INITIALLY DEFERRED,
    "warehouse_id" bigint unsigned NOT NULL CHECK ("warehouse_id" >= 0), "name" varchar(50) NOT NULL);
CREATE TABLE IF NOT EXISTS "tg_bot_telegramuser" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "chat_id" integer unsigned NOT NULL UNIQUE CHECK ("chat_id" >= 0),
    "first_name" varchar(255) NOT NULL, "last_name" varchar(255) NOT NULL, "username" varchar(255) NOT NULL,
    "role" varchar(2) NOT NULL, "created_at" datetime NOT NULL, "is_banned" bool NOT NULL, "is_active" bool NOT NULL,
    "is_logged_out" bool NOT NULL);
INSERT INTO tg_bot_telegramuser VALUES(1,1001,'Anna','Test','user1001','SE','2026-11-28 01:01:40.493142',0,1,0);
INSERT INTO tg_bot_telegramuser VALUES(2,1002,'Anna','Test','user1002','SE','2026-11-28 01:01:40.677105',0,1,0);
INSERT INTO tg_bot_telegramuser VALUES(3,1004,'Anna','Test','user1004','SE','2026-11-28 01:01:41.023386',1,1,0);
CREATE TABLE IF NOT EXISTS "tg_bot_telegramuser_shops" (
    "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "telegramuser_id" bigint NOT NULL REFERENCES "tg_bot_telegramuser" ("id") DEFERRABLE INITIALLY DEFERRED,
    "shop_id" bigint NOT NULL REFERENCES "shops" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO tg_bot_telegramuser_shops VALUES(1,1,1);
INSERT INTO tg_bot_telegramuser_shops VALUES(2,2,1);
INSERT INTO tg_bot_telegramuser_shops VALUES(3,3,1);
CREATE TABLE IF NOT EXISTS "marketbot_migrations_lock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_migrations_lock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "marketbot_migrations" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK_marketbot_migrations" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO marketbot_migrations VALUES('20261122130041_Initial','10.0.14');
INSERT INTO marketbot_migrations VALUES('20261122135339_Delivery','10.0.14');
INSERT INTO marketbot_migrations VALUES('20261122155704_Instances','10.0.14');
INSERT INTO marketbot_migrations VALUES('20261122171910_Watch','10.0.14');
INSERT INTO marketbot_migrations VALUES('20261125211555_Notices','10.0.14');
INSERT INTO marketbot_migrations VALUES('20261125223456_ClientLanguage','10.0.14');
INSERT INTO marketbot_migrations VALUES('20261126040952_KnownSwitches','10.0.14');
CREATE TABLE IF NOT EXISTS "marketbot_admin_logins" (
    "telegram_id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_admin_logins" PRIMARY KEY,
    "account_id" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "marketbot_reachability" (
    "telegram_id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_reachability" PRIMARY KEY,
    "blocked_at" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "marketbot_sessions" (
    "telegram_id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_sessions" PRIMARY KEY,
    "awaited" TEXT NULL,
    "language" TEXT NULL,
    "search_id" INTEGER NOT NULL,
    "search_text" TEXT NULL,
    "updated_at" INTEGER NOT NULL
, "client_language" TEXT NULL);
INSERT INTO marketbot_sessions VALUES(1001,'leftover',NULL,0,NULL,1795827700594,'ru');
INSERT INTO marketbot_sessions VALUES(1002,'add_key',NULL,0,NULL,1795827700709,'ru');
INSERT INTO marketbot_sessions VALUES(1003,'seller_key',NULL,0,NULL,1795827700812,NULL);
INSERT INTO marketbot_sessions VALUES(1004,'leftover',NULL,0,NULL,1795827701025,'ru');
CREATE TABLE IF NOT EXISTS "marketbot_throttles" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_throttles" PRIMARY KEY AUTOINCREMENT,
    "limit_name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "update_id" INTEGER NOT NULL,
    "at" INTEGER NOT NULL
, "pending_until" INTEGER NULL);
INSERT INTO marketbot_throttles VALUES(1,'user_secrets','1001',0,1795827700338,NULL);
INSERT INTO marketbot_throttles VALUES(2,'user_keys','1001',0,1795827700338,NULL);
INSERT INTO marketbot_throttles VALUES(5,'user_secrets','1002',0,1795827700646,NULL);
INSERT INTO marketbot_throttles VALUES(6,'user_keys','1002',0,1795827700646,NULL);
INSERT INTO marketbot_throttles VALUES(9,'user_secrets','1003',0,1795827700929,NULL);
INSERT INTO marketbot_throttles VALUES(10,'user_keys','1003',0,1795827700929,NULL);
INSERT INTO marketbot_throttles VALUES(11,'user_secrets','1003',7000009,1795827700848,NULL);
INSERT INTO marketbot_throttles VALUES(12,'user_keys','1003',7000009,1795827700848,NULL);
INSERT INTO marketbot_throttles VALUES(15,'user_secrets','1003',7000010,1795827700869,NULL);
INSERT INTO marketbot_throttles VALUES(16,'user_keys','1003',7000010,1795827700869,NULL);
INSERT INTO marketbot_throttles VALUES(19,'user_secrets','1003',7000011,1795827700882,NULL);
INSERT INTO marketbot_throttles VALUES(20,'user_keys','1003',7000011,1795827700882,NULL);
INSERT INTO marketbot_throttles VALUES(23,'user_secrets','1003',7000012,1795827700902,NULL);
INSERT INTO marketbot_throttles VALUES(24,'user_keys','1003',7000012,1795827700902,NULL);
INSERT INTO marketbot_throttles VALUES(27,'user_secrets','1003',7000013,1795827700929,NULL);
INSERT INTO marketbot_throttles VALUES(28,'user_keys','1003',7000013,1795827700929,NULL);
INSERT INTO marketbot_throttles VALUES(29,'user_secrets','1004',0,1795827701003,NULL);
INSERT INTO marketbot_throttles VALUES(30,'user_keys','1004',0,1795827701003,NULL);
CREATE TABLE IF NOT EXISTS "marketbot_audit" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_audit" PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "actor" INTEGER NULL,
    "action" TEXT NOT NULL,
    "shop_id" INTEGER NULL,
    "person" INTEGER NULL,
    "before" TEXT NULL,
    "after" TEXT NULL,
    "update_id" INTEGER NULL
);
INSERT INTO marketbot_audit VALUES(1,1795827699247,NULL,'AddShops',NULL,NULL,NULL,'1 added',NULL);
INSERT INTO marketbot_audit VALUES(2,1795827699890,NULL,'AddShops',NULL,NULL,NULL,'1 added',NULL);
INSERT INTO marketbot_audit VALUES(3,1795827700491,1001,'RegisterSeller',1,1001,NULL,'Seller',7000002);
INSERT INTO marketbot_audit VALUES(4,1795827700676,1002,'RegisterSeller',1,1002,NULL,'Seller',7000005);
INSERT INTO marketbot_audit VALUES(5,1795827701023,1004,'RegisterSeller',1,1004,NULL,'Seller',7000016);
INSERT INTO marketbot_audit VALUES(6,1795827701097,NULL,'BanUser',NULL,1004,'off','on',NULL);
CREATE TABLE IF NOT EXISTS "marketbot_inbox" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_inbox" PRIMARY KEY AUTOINCREMENT,
    "bot_id" INTEGER NOT NULL,
    "update_id" INTEGER NOT NULL,
    "lane" INTEGER NOT NULL,
    "state" INTEGER NOT NULL,
    "key_id" TEXT NOT NULL,
    "payload" BLOB NULL,
    "reply" BLOB NULL,
    "received_at" INTEGER NOT NULL,
    "ended_at" INTEGER NULL,
    "tries" INTEGER NOT NULL,
    "reason" TEXT NULL
);
INSERT INTO marketbot_inbox VALUES(1,4200000001,7000000,1001,2,'A5F7F715',NULL,NULL,1795827700111,1795827700237,0,NULL);
INSERT INTO marketbot_inbox VALUES(2,4200000001,7000001,1001,2,'A5F7F715',NULL,NULL,1795827700228,1795827700323,0,NULL);
INSERT INTO marketbot_inbox VALUES(3,4200000001,7000002,1001,2,'A5F7F715',NULL,NULL,1795827700317,1795827700610,0,NULL);
INSERT INTO marketbot_inbox VALUES(4,4200000001,7000003,1002,2,'A5F7F715',NULL,NULL,1795827700615,1795827700624,0,NULL);
INSERT INTO marketbot_inbox VALUES(5,4200000001,7000004,1002,2,'A5F7F715',NULL,NULL,1795827700627,1795827700637,0,NULL);
INSERT INTO marketbot_inbox VALUES(6,4200000001,7000005,1002,2,'A5F7F715',NULL,NULL,1795827700637,1795827700703,0,NULL);
INSERT INTO marketbot_inbox VALUES(7,4200000001,7000006,1002,2,'A5F7F715',NULL,NULL,1795827700699,1795827700787,0,NULL);
INSERT INTO marketbot_inbox VALUES(8,4200000001,7000007,1003,2,'A5F7F715',NULL,NULL,1795827700785,1795827700794,0,NULL);
INSERT INTO marketbot_inbox VALUES(9,4200000001,7000008,1003,2,'A5F7F715',NULL,NULL,1795827700794,1795827700844,0,NULL);
INSERT INTO marketbot_inbox VALUES(10,4200000001,7000009,1003,2,'A5F7F715',NULL,NULL,1795827700844,1795827700867,0,NULL);
INSERT INTO marketbot_inbox VALUES(11,4200000001,7000010,1003,2,'A5F7F715',NULL,NULL,1795827700867,1795827700880,0,NULL);
INSERT INTO marketbot_inbox VALUES(12,4200000001,7000011,1003,2,'A5F7F715',NULL,NULL,1795827700880,1795827700897,0,NULL);
INSERT INTO marketbot_inbox VALUES(13,4200000001,7000012,1003,2,'A5F7F715',NULL,NULL,1795827700897,1795827700923,0,NULL);
INSERT INTO marketbot_inbox VALUES(14,4200000001,7000013,1003,2,'A5F7F715',NULL,NULL,1795827700923,1795827700954,0,NULL);
INSERT INTO marketbot_inbox VALUES(15,4200000001,7000014,1004,2,'A5F7F715',NULL,NULL,1795827700954,1795827700967,0,NULL);
INSERT INTO marketbot_inbox VALUES(16,4200000001,7000015,1004,2,'A5F7F715',NULL,NULL,1795827700971,1795827700992,0,NULL);
INSERT INTO marketbot_inbox VALUES(17,4200000001,7000016,1004,2,'A5F7F715',NULL,NULL,1795827700992,1795827701029,0,NULL);
INSERT INTO marketbot_inbox VALUES(18,4200000001,7000017,1001,0,'A5F7F715',X'51befb017dbea2416a71e52534c383417827bd4329066286c6538b2cfe43dc2dbcfc91cd5224aa72d102165103678ed81f11f34b7e673f05092e7c835f75aa411298938d01076bb5a6511de68d47f8ca6c992e37b1a40781ab593239f5af364228ea05b2b1db5ae66bc1119ca03462d4531f4b0d32a4c0892984e9be19a789a5577e503efa95224277d4f04b36827215197f4ca03b76e60dbdfe8ccefa280b1adb378c983e5d9ea80365f037a2ec8d063db518172058c0e2c092488acafb46680f6ecc9e6395c93fdd94b576d42e312f5b2e220056e6ddad5e38f690c2f811bc729f291830603de8ed76f3332057fe54b75a923a60de03a6b45c06b5258edbd76b475e7b7ea07397c5ca662d938fcfac6d78ff2204942cb963603b91e83fae89370d45b15d2eb8a98b58dce03029ba9220643816deeaf4bd560ae90fec35ef9b1756f66b957e50b0ad4c2e9596edced06e42b2d12f6aa683ce107de185ba03950dc64a622cfd9b17fdd3e6149ba911404b18b690832643ea72774d3e6381f5fac6831518e693820194fdf89c6cac1c76475905544288ccb8b60a5c75371244d567c3ece82f16934c5a02db3b946f1676b3fd1a892b3981b90e97535ab5ca59bfb2bf01eb58e33252df5cbc606d58c60c4d861b0c508412334bb7811d476cfbff2aa9346465f5b07fb719a821c05a209dc1abc2ab772f7cae545632586838255a1bad504b77b84bc7c665b8e8affbf58cd67a2892a0af116b24aca3a75adb3dc7ce37c0cb272c9003df6c7689bb01710714280469c55c00cdaa921201bfd938bec69810099f63cc62b0c5161671c8d00ea814030ce7b4602c93a8f5d5c96c4edeafda99839b0723d459370347db515f36dc1c56a2ace303e81f0592bbdad016820976764572273d78ab1dec60646148340a9235e290da37705d98291f6234267a8e074a2573756c3e1611ca5d12ac90c568b146166503f6ef96f4889611518bbf192eade0eb9a6886bc71672d577e7347658bee152b59b62ad91378ba070a86aa455568bf68ccf3e69de4f4c340f6dca31940d04d3f5e98dc6a6e806b68726ea600afb6010ac3fda3e94ed35c97a897d1061b6e05f8b4ef81e73c773e72bbead65255fb01509107183c092c3f9b5e4e01ce738064e6e4ad3ad36b8ccbcfff628edc0e595000a4b29b1a1715370f961509e8db501365c70a847098ade6ea6a3fd28c7c6e30c83b77eaabdecd2740ab0fced5c323fcc4683745452bdcf4ab114d6fece864650065dcd8c24c92a8db6b8d7f1f94ac395a4223286600726b41e2f0d3d5de3add686f7942e2ed487c8349aeb146fca378f02ec9f7d50464f51835486a1efdba34697ebecdc0afd0f9c2202d2e164f43ff0f1dea1952d7a12ef14ec77caba6765d06f920e47ba9a30ef9a68aed6a0a1fcd00f341ea9db5c9915b9cb36e142a1fde1b2c35b68ec7f9edd219d5344c3a87e6b31aef3865bbb51e5e0804bc23b4d6395224d384e2f65d1de06c467bdfdaff2fd385d2562279db81479ad46459cfc36248e1f596c0a69769166215fcce345d406e751f517f5c5b8e7f5ae0511166eeef44d89c25bbbff70002f361c0610084c1b01586c70695076cf492e252704c6b83a1d2deeb81648791cd17466427716c0e9960dc46a517a86efb56a83076490ff12ac991464efee5ccced020f3f02b0a35bad18e026bdb2a25e710054ecc9958bb18b673a5553af2f5a4ac941b5561c3b0fef205551945a5c86ab75cf60e78d38061cbb07caf0868cd965ae7a440c2d8f02e526da52aa0911ff8226ed8e7aa7d1b4e6586e2ee4b0b35d9c07a0c28b3dfa3e22d8748da2aaeab9a98dd6d2fc29a305752bb5c3cd05610cb3d007b7f70cff38febbf1edc4e92dacc13490d2fb61d5187ff9dc476c7a66de922d1aefa187697260bde062364e087855fd955f28de26bcac4c0f66b68f3ed4a2fb3a5d05dbd3c561551b1cc8ad39cbe50b880ec6dffec657b1ec471aeeb1fd965afc14d9df44e8cfcaf7089ad812268749df9fdfe686a86cda8c13a60a619d7fdb5deb1af77b2649001c56e865f945676abac5a9e537ba43be0d461cdecc3707e31f1b0f1debf0587f27b26b066c3ea84a0e2550e68532d6c5d5cb926754b296f55874af1805da435326b357fa3c365b44f2fc3b123be526b9e4ee69b5c84',NULL,1795827701162,NULL,0,NULL);
INSERT INTO marketbot_inbox VALUES(19,4200000001,7000018,1005,0,'A5F7F715',X'08e26b0f15cca381d93621230858a345375b98832281f51a151a1f9fb96fee18197808478545060d9eba9fc3a1affa166a170e8b7872908429ffa700aac0d0a20141f0c11ccafb6ca664971a9c3bb62eeafe2f075764e6ddd6af3e9abdd4036eeb59bdaea34e176aac67be22dcfca9264e36fd01c16eda299dc2c888e494693d5b199262bef963e251fe6da2437f0d84040531113a1f7248cf78211fae09b1b27cb76c95c2939306b28714bbe301b49fc0ef131276db56de6fa2f3e2ea29e50bf0a8e925cc3194f7972e3fe9d59ebac9628ce74eb005e271fd07bb75da59dbd637c61b697f899851fb227f1fc3923f155a08c1d09bb473ad6fb1296ddbaf668c7526a164dfa4a843cf6799864a8d68acf7a9eb646315fa2ef50cfc7593e354ce6bfd46f5d7acf290ed4dbbb573aaa76ca05047da1061830c03880df0a0b37e043011a00b3246bbd3fbc3a03164a3659cb5e58fd6180a1adc92960f5e338f90459a6125e11341fcf6437c92f52f4db40910e61b09c15d87daf63a7cec537c',NULL,1795827701162,NULL,0,NULL);
CREATE TABLE IF NOT EXISTS "marketbot_outbox" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_outbox" PRIMARY KEY AUTOINCREMENT,
    "chat_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "notice" TEXT NULL,
    "reply" BLOB NULL,
    "created_at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "tries" INTEGER NOT NULL,
    "uncertain_sends" INTEGER NOT NULL,
    "reason" TEXT NULL
, "arguments" TEXT NULL, "waits_since" INTEGER NULL);
INSERT INTO marketbot_outbox VALUES(1,1004,'576a3a5efe404d41bb2473108207138b','Banned',NULL,1795827701103,1795827701103,0,0,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "marketbot_leases" (
    "name" TEXT NOT NULL CONSTRAINT "PK_marketbot_leases" PRIMARY KEY,
    "owner" TEXT NULL,
    "epoch" INTEGER NOT NULL,
    "expires_at" INTEGER NOT NULL
);
INSERT INTO marketbot_leases VALUES
    ('slot:00',NULL,0,0), ('slot:01',NULL,0,0), ('slot:02',NULL,0,0), ('slot:03',NULL,0,0),
    ('slot:04',NULL,0,0), ('slot:05',NULL,0,0), ('slot:06',NULL,0,0), ('slot:07',NULL,0,0),
    ('slot:08',NULL,0,0), ('slot:09',NULL,0,0), ('slot:10',NULL,0,0), ('slot:11',NULL,0,0),
    ('slot:12',NULL,0,0), ('slot:13',NULL,0,0), ('slot:14',NULL,0,0), ('slot:15',NULL,0,0),
    ('slot:16',NULL,0,0), ('slot:17',NULL,0,0), ('slot:18',NULL,0,0), ('slot:19',NULL,0,0),
    ('slot:20',NULL,0,0), ('slot:21',NULL,0,0), ('slot:22',NULL,0,0), ('slot:23',NULL,0,0),
    ('slot:24',NULL,0,0), ('slot:25',NULL,0,0), ('slot:26',NULL,0,0), ('slot:27',NULL,0,0),
    ('slot:28',NULL,0,0), ('slot:29',NULL,0,0), ('slot:30',NULL,0,0), ('slot:31',NULL,0,0),
    ('slot:32',NULL,0,0), ('slot:33',NULL,0,0), ('slot:34',NULL,0,0), ('slot:35',NULL,0,0),
    ('slot:36',NULL,0,0), ('slot:37',NULL,0,0), ('slot:38',NULL,0,0), ('slot:39',NULL,0,0),
    ('slot:40',NULL,0,0), ('slot:41',NULL,0,0), ('slot:42',NULL,0,0), ('slot:43',NULL,0,0),
    ('slot:44',NULL,0,0), ('slot:45',NULL,0,0), ('slot:46',NULL,0,0), ('slot:47',NULL,0,0),
    ('slot:48',NULL,0,0), ('slot:49',NULL,0,0), ('slot:50',NULL,0,0), ('slot:51',NULL,0,0),
    ('slot:52',NULL,0,0), ('slot:53',NULL,0,0), ('slot:54',NULL,0,0), ('slot:55',NULL,0,0),
    ('slot:56',NULL,0,0), ('slot:57',NULL,0,0), ('slot:58',NULL,0,0), ('slot:59',NULL,0,0),
    ('slot:60',NULL,0,0), ('slot:61',NULL,0,0), ('slot:62',NULL,0,0), ('slot:63',NULL,0,0),
    ('leader',NULL,0,0);
CREATE TABLE IF NOT EXISTS "marketbot_known_bans" (
    "telegram_id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_known_bans" PRIMARY KEY
);
INSERT INTO marketbot_known_bans VALUES(1004);
CREATE TABLE IF NOT EXISTS "marketbot_known_shops" (
    "shop_id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_known_shops" PRIMARY KEY,
    "is_active" INTEGER NOT NULL,
    "price_updating" INTEGER NOT NULL
, "audit_id" INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS "marketbot_watch" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_marketbot_watch" PRIMARY KEY,
    "audit_id" INTEGER NOT NULL
);
INSERT INTO marketbot_watch VALUES(1,0);
CREATE TABLE IF NOT EXISTS "marketbot_notices" (
    "telegram_id" INTEGER NOT NULL,
    "notice" TEXT NOT NULL,
    "author" INTEGER NOT NULL,
    "arguments" TEXT NOT NULL,
    CONSTRAINT "PK_marketbot_notices" PRIMARY KEY ("telegram_id", "notice", "author")
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('marketbot_audit',6);
INSERT INTO sqlite_sequence VALUES('shops',2);
INSERT INTO sqlite_sequence VALUES('marketbot_inbox',19);
INSERT INTO sqlite_sequence VALUES('marketbot_throttles',32);
INSERT INTO sqlite_sequence VALUES('tg_bot_telegramuser',3);
INSERT INTO sqlite_sequence VALUES('tg_bot_telegramuser_shops',3);
INSERT INTO sqlite_sequence VALUES('marketbot_outbox',1);
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE INDEX "shops_ozon_api_key" ON "shops" ("ozon_api_key");
CREATE INDEX "shop_warehouse_shop_id_b8c36822" ON "warehouses" ("shop_id");
CREATE UNIQUE INDEX "tg_bot_telegramuser_shops_telegramuser_id_shop_id_0aa0a5c1_uniq"
    ON "tg_bot_telegramuser_shops" ("telegramuser_id", "shop_id");
CREATE INDEX "tg_bot_telegramuser_shops_telegramuser_id_fa22a71a" ON "tg_bot_telegramuser_shops" ("telegramuser_id");
CREATE INDEX "tg_bot_telegramuser_shops_shop_id_0b0cb212" ON "tg_bot_telegramuser_shops" ("shop_id");
CREATE INDEX "marketbot_sessions_updated_at" ON "marketbot_sessions" ("updated_at");
CREATE INDEX "marketbot_throttles_at" ON "marketbot_throttles" ("at");
CREATE UNIQUE INDEX "marketbot_throttles_attempt" ON "marketbot_throttles" ("limit_name", "subject", "update_id");
CREATE INDEX "marketbot_audit_at" ON "marketbot_audit" ("at");
CREATE INDEX "marketbot_audit_shop" ON "marketbot_audit" ("shop_id", "id");
CREATE INDEX "marketbot_inbox_ended" ON "marketbot_inbox" ("ended_at") WHERE state >= 2;
CREATE INDEX "marketbot_inbox_open" ON "marketbot_inbox" ("id") WHERE state < 2;
CREATE UNIQUE INDEX "marketbot_inbox_update" ON "marketbot_inbox" ("bot_id", "update_id");
CREATE INDEX "marketbot_outbox_chat" ON "marketbot_outbox" ("chat_id");
CREATE INDEX "marketbot_outbox_due" ON "marketbot_outbox" ("due_at") WHERE reason IS NULL;
CREATE UNIQUE INDEX "marketbot_outbox_name" ON "marketbot_outbox" ("name");
COMMIT;
