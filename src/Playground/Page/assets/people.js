import { $, clock, el, toast } from "./dom.js";
import { post } from "./api.js";
import { store } from "./store.js";
import { t } from "./words.js";

const colors = ["#d9646b", "#5fae4b", "#c9a33c", "#4f97cc", "#9079d8", "#d6629a", "#4fb3b5", "#e08a4e"];

export function avatar(chat) {
  const node = el("span", { class: "avatar", "aria-hidden": "true" }, [...chat.title][0] ?? "?");
  node.style.backgroundColor = colors[Math.abs(chat.id) % colors.length];
  return node;
}

export function showPeople() {
  const { bot, chats, more } = store.state;
  $("botName").textContent = bot.name;
  $("botUser").textContent = `@${bot.username} · ${t("local")}`;
  document.title = store.chat ? `${store.chat.title} · ${bot.name}` : bot.name;
  const focused = document.activeElement?.dataset?.chat;
  $("chats").replaceChildren(...chats.map(chat => el("li", {}, el("button", {
    type: "button", "data-chat": chat.id, "aria-current": String(chat.id === store.chat?.id), onclick: () => { location.hash = chat.id; },
  },
  avatar(chat),
  el("span", { class: "name" }, chat.title, chat.blocked ? el("span", { title: t("blocked") }, " 🚫") : null),
  el("span", { class: "soft" }, clock(chat.time)),
  el("span", { class: "soft last" }, chat.last || [chat.username ? "@" + chat.username : "id " + chat.id, chat.language].filter(Boolean).join(" · ")),
  chat.hint ? el("span", { class: "soft try" }, chat.hint) : null))));
  if (focused) document.querySelector(`[data-chat="${focused}"]`)?.focus();
  $("more").hidden = more === 0;
  $("more").textContent = t("more", more);
}

function step(by) {
  const ids = store.state.chats.map(c => c.id);
  const at = ids.indexOf(store.chat?.id);
  location.hash = ids[at < 0 ? 0 : (at + by + ids.length) % ids.length];
}

export function setUpPeople() {
  $("addForm").addEventListener("submit", async event => {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(event.target));
    const added = await post("people", { ...form, username: form.username.replace(/^@/, ""), id: Number(form.id) });
    if (!added) return;
    event.target.reset();
    $("add").open = false;
    location.hash = added.id;
  });
  $("reset").addEventListener("click", async () => {
    if (!confirm(t("confirmReset"))) return;
    if (await post("reset")) { location.hash = ""; toast(t("resetDone")); }
  });
  document.addEventListener("keydown", event => {
    if (!event.altKey || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  });
}
