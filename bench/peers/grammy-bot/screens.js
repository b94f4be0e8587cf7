// The screens of a seller, with the words and the buttons of MarketBot's.
import { InlineKeyboard } from "grammy";

const escape = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const onOff = (isOn) => (isOn ? "включено ✅" : "выключено ⏸");
const turn = (isOn) => (isOn ? "Выключить" : "Включить");

export const menu = {
  text: "<b>Меню продавца</b>\nВыберите, что сделать.",
  keyboard: new InlineKeyboard()
    .text("Мои магазины", "shops:1")
    .row()
    .text("Добавить магазин", "add")
    .text("Отвязать магазин", "unlink")
    .row()
    .text("Подписка", "subscription")
    .row()
    .text("Помощь", "help")
    .text("Язык", "language"),
};

export const list = (shops, page, pages) => {
  const keyboard = new InlineKeyboard();
  for (const shop of shops) keyboard.text(`${shop.is_active ? "✅" : "⏸"} ${shop.name}`, `shop:${shop.id}:${page}`).row();
  keyboard
    .text("◀", page > 1 ? `shops:${page - 1}` : "edge")
    .text(`${page} / ${pages}`, "edge")
    .text("▶", page < pages ? `shops:${page + 1}` : "edge")
    .row()
    .text("Поиск", "find")
    .row()
    .text("Назад", "menu");
  return { text: "<b>Мои магазины</b>\n✅ — включён, ⏸ — выключен.", keyboard };
};

export const card = (shop, page) => {
  const warehouses = shop.warehouses.length
    ? ["Склады:", ...shop.warehouses.map((name) => `• ${escape(name)}`)].join("\n")
    : "Склады: складов нет";
  return {
    text: `<b>О магазине</b>

Название: <b>${escape(shop.name)}</b>
Поставщик: ${escape(shop.vendor_name)}
Активация: ${onOff(shop.is_active)}
Обновление цен: ${onOff(shop.price_updating)}

${warehouses}`,
    keyboard: new InlineKeyboard()
      .text(`Активация: ${turn(shop.is_active)}`, `on:${shop.id}:${shop.is_active ? 0 : 1}:${page}`)
      .row()
      .text(`Обновление цен: ${turn(shop.price_updating)}`, `price:${shop.id}:${shop.price_updating ? 0 : 1}:${page}`)
      .row()
      .text("Отвязать магазин", `unlink:${shop.id}:${page}`)
      .row()
      .text("Назад", `shops:${page}`),
  };
};
