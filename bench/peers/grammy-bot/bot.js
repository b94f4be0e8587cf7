// node bot.js SERVER TOKEN FILE
import { run } from "@grammyjs/runner";
import Database from "better-sqlite3";
import { Bot } from "grammy";
import { card, list, menu } from "./screens.js";

const [server, token, file] = process.argv.slice(2);
const pageSize = 5;

// better-sqlite3's documentation, "Performance": turn on WAL. It says nothing of `synchronous`, so that stays at the driver's own
// default, which in WAL is NORMAL: a commit is written, but not synced.
const db = new Database(file);
db.pragma("journal_mode = WAL");

const findUser = db.prepare(
  "SELECT id FROM tg_bot_telegramuser WHERE chat_id = ? AND is_banned = 0 AND is_active = 1 AND is_logged_out = 0",
);
const countShops = db.prepare("SELECT count(*) FROM tg_bot_telegramuser_shops WHERE telegramuser_id = ?").pluck();
const readPage = db.prepare(
  `SELECT s.id, s.name, s.is_active FROM shops s JOIN tg_bot_telegramuser_shops b ON b.shop_id = s.id
   WHERE b.telegramuser_id = ? ORDER BY s.id LIMIT ? OFFSET ?`,
);
const findShop = db.prepare(
  `SELECT s.id, s.name, s.vendor_name, s.is_active, s.price_updating FROM shops s JOIN tg_bot_telegramuser_shops b ON b.shop_id = s.id
   WHERE b.telegramuser_id = ? AND s.id = ?`,
);
const readWarehouses = db.prepare("SELECT name FROM warehouses WHERE shop_id = ?").pluck();
const audit = db.prepare(
  "INSERT INTO marketbot_audit (at, actor, action, shop_id, before, after, update_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
);
const updates = {
  is_active: db.prepare("UPDATE shops SET is_active = ? WHERE id = ?"),
  price_updating: db.prepare("UPDATE shops SET price_updating = ? WHERE id = ?"),
};

const switchShop = db.transaction((telegramId, shopId, column, action, wanted, updateId) => {
  const user = findUser.get(telegramId);
  const shop = user && findShop.get(user.id, shopId);
  if (!shop) return undefined;
  if (shop[column] !== wanted) {
    updates[column].run(wanted, shopId);
    audit.run(Date.now(), telegramId, action, shopId, shop[column] ? "on" : "off", wanted ? "on" : "off", updateId);
    shop[column] = wanted;
  }
  return { ...shop, warehouses: readWarehouses.all(shopId) };
});

const bot = new Bot(token, { client: { apiRoot: server.replace(/\/$/, "") } });

// The two calls go side by side, as MarketBot's and the floor's do.
const show = (ctx, screen, toast) =>
  screen
    ? Promise.all([
        ctx.answerCallbackQuery(toast),
        ctx.editMessageText(screen.text, { parse_mode: "HTML", reply_markup: screen.keyboard }),
      ])
    : ctx.answerCallbackQuery();

bot.on("message", async (ctx) => {
  if (findUser.get(ctx.from.id)) await ctx.reply(menu.text, { parse_mode: "HTML", reply_markup: menu.keyboard });
});

bot.callbackQuery("menu", (ctx) => show(ctx, findUser.get(ctx.from.id) && menu));

bot.callbackQuery(/^shops:(\d+)$/, (ctx) => {
  const user = findUser.get(ctx.from.id);
  if (!user) return show(ctx);
  const page = Number(ctx.match[1]);
  const pages = Math.max(1, Math.ceil(countShops.get(user.id) / pageSize));
  return show(ctx, list(readPage.all(user.id, pageSize, (page - 1) * pageSize), page, pages));
});

bot.callbackQuery(/^shop:(\d+):(\d+)$/, (ctx) => {
  const user = findUser.get(ctx.from.id);
  const shop = user && findShop.get(user.id, Number(ctx.match[1]));
  return show(ctx, shop && card({ ...shop, warehouses: readWarehouses.all(shop.id) }, ctx.match[2]));
});

bot.callbackQuery(/^on:(\d+):([01]):(\d+)$/, (ctx) => {
  const wanted = Number(ctx.match[2]);
  const shop = switchShop.immediate(ctx.from.id, Number(ctx.match[1]), "is_active", "ToggleShopActive", wanted, ctx.update.update_id);
  return show(ctx, shop && card(shop, ctx.match[3]), `«${shop?.name}» ${wanted ? "включён" : "выключен"}.`);
});

bot.callbackQuery(/^price:(\d+):([01]):(\d+)$/, (ctx) => {
  const wanted = Number(ctx.match[2]);
  const shop = switchShop.immediate(ctx.from.id, Number(ctx.match[1]), "price_updating", "TogglePriceUpdating", wanted, ctx.update.update_id);
  return show(ctx, shop && card(shop, ctx.match[3]), `Обновление цен ${wanted ? "включено" : "выключено"}.`);
});

bot.on("callback_query:data", (ctx) => ctx.answerCallbackQuery());
bot.catch((failure) => console.error(failure));

// grammY's documentation, "Scaling Up": the runner handles updates side by side.
run(bot);
