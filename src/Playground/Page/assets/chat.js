import { $, alert, el, toast } from "./dom.js";
import { exportPath, get, post } from "./api.js";
import { bubble } from "./message.js";
import { store } from "./store.js";
import { t } from "./words.js";

const page = 100;
let shown = new Map();
let told = new Set();
let wantsBottom = true;

export async function openChat(id) {
  shown = new Map();
  store.limit = page;
  wantsBottom = true;
  const chat = await get(`chats/${id}`);
  told = new Set([...chat.answers, ...chat.payments].map(a => a.id));
  $("messages").replaceChildren();
  document.body.classList.add("open");
  $("chat").hidden = false;
  $("empty").hidden = true;
  show(chat);
  $("text").focus();
}

export async function reloadChat() {
  const { id } = store.chat;
  const chat = await get(`chats/${id}?limit=${store.limit}`);
  if (store.chat?.id === id) show(chat);
}

export function closeChat() {
  store.chat = null;
  document.body.classList.remove("open");
  $("chat").hidden = true;
  $("empty").hidden = false;
}

export const scrollDown = () => { wantsBottom = true; };

function show(chat) {
  const hasNewCommands = JSON.stringify(store.chat?.commands) !== JSON.stringify(chat.commands);
  store.chat = chat;
  const bot = store.state.bot.name;
  $("chatTitle").textContent = chat.title;
  $("chatState").classList.toggle("busy", Boolean(chat.action));
  $("chatState").textContent = chat.action ? (chat.action === "typing" ? t("isTyping", bot) : t("does", bot, chat.action.replaceAll("_", " ")))
    : [chat.username ? "@" + chat.username : null, "id " + chat.id, chat.language].filter(Boolean).join(" · ");
  $("hint").hidden = !chat.hint;
  $("hint").textContent = chat.hint;
  $("block").hidden = chat.type !== "private";
  $("block").querySelector(".word").textContent = t(chat.blocked ? "unblock" : "block");
  $("block").title = t(chat.blocked ? "unblock" : "block");
  $("export").href = exportPath(chat.id);
  $("export").download = `chat-${chat.id}.json`;
  $("menu").hidden = chat.commands.length === 0;
  if (hasNewCommands) document.dispatchEvent(new Event("commands"));
  showMessages(chat);
  tell(chat);
}

// Only what changed is drawn anew, so that focus, selection and scrolling stay where they are.
function showMessages(chat) {
  const list = $("messages");
  const atBottom = wantsBottom || list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const fromBottom = list.scrollHeight - list.scrollTop;
  const focused = document.activeElement?.dataset?.button;
  const next = new Map();
  const nodes = [];
  if (chat.earlier > 0) nodes.push(el("li", { class: "service" }, el("button", { type: "button", onclick: earlier }, "↑ " + t("earlier", chat.earlier))));
  for (const message of chat.messages) {
    const waiting = chat.waiting.filter(w => w.message === message.id).map(w => w.data);
    const signature = JSON.stringify([message, waiting, chat.paying.includes(message.id), document.documentElement.lang]);
    const old = shown.get(message.id);
    const entry = old?.signature === signature ? old : { signature, node: bubble(chat, message) };
    if (!old && shown.size > 0) entry.node.classList.add("new");
    next.set(message.id, entry);
    nodes.push(entry.node);
  }
  if (chat.messages.length === 0)
    nodes.push(el("li", { class: "service about" }, el("p", {}, chat.about || t("noMessages")), el("button", { type: "button", onclick: () => post(`chats/${chat.id}/send`, { text: "/start" }) }, t("start"))));
  const same = nodes.length === list.children.length && nodes.every((node, i) => node === list.children[i]);
  if (!same) list.replaceChildren(...nodes);
  shown = next;
  if (focused && document.activeElement?.dataset?.button !== focused) document.querySelector(`[data-button="${focused}"]`)?.focus();
  if (!same) list.scrollTop = atBottom ? list.scrollHeight : list.scrollHeight - fromBottom;
  wantsBottom = false;
}

function tell(chat) {
  for (const answer of chat.answers) {
    if (told.has(answer.id)) continue;
    told.add(answer.id);
    if (answer.text && answer.alert) alert(answer.text);
    else if (answer.text) toast(answer.text);
  }
  for (const payment of chat.payments) {
    if (told.has(payment.id)) continue;
    told.add(payment.id);
    if (payment.outcome === "refused") alert(payment.error || t("refused"));
    if (payment.outcome === "timedOut") alert(t("timedOut"));
  }
}

async function earlier() {
  store.limit = Math.min(1000, store.limit + page);
  await reloadChat();
}

export function setUpChat() {
  $("block").addEventListener("click", () => post(`chats/${store.chat.id}/${store.chat.blocked ? "unblock" : "block"}`));
  $("back").addEventListener("click", () => { location.hash = ""; });
  $("messages").addEventListener("scroll", () => { if ($("messages").scrollTop < 40 && store.chat?.earlier > 0 && store.limit < 1000) earlier(); });
  $("chat").addEventListener("keydown", event => {
    if (event.key === "Escape" && !$("alert").open) $("text").focus();
  });
  // The bot's “typing” ends by itself.
  setInterval(() => { if (store.chat?.action) reloadChat(); }, 1000);
}
