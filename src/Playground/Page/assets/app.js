"use strict";
// Every text of people, of the bot and of its buttons gets into the page by textContent only.

const $ = id => document.getElementById(id);
const api = "/playground/api/";
let state = null;
let current = null;
let shownAnswers = new Set();
let wantsBottom = true;

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter(c => c != null));
  return node;
}

async function get(path) {
  const answer = await fetch(api + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

async function post(path, body = {}) {
  const answer = await fetch(api + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (answer.ok) return;
  const problem = await answer.json().catch(() => ({ error: `The playground answered ${answer.status}.` }));
  toast(problem.error.split("\n")[0]);
}

function color(id) {
  const colors = ["#e17076", "#7bc862", "#e5ca77", "#65aadd", "#a695e7", "#ee7aae", "#6ec9cb", "#faa774"];
  return colors[Math.abs(Number(id)) % colors.length];
}

function clock(ms) {
  return ms == null ? "" : new Date(ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

async function loadPeople() {
  state = await get("state");
  $("botName").textContent = state.bot.name;
  $("botUser").textContent = `@${state.bot.username} · a Telegram on this machine`;
  document.title = state.bot.name;
  const focused = document.activeElement?.dataset?.chat;
  $("chats").replaceChildren(...state.chats.map(chat => {
    const avatar = el("span", { class: "avatar", "aria-hidden": "true" }, [...chat.title][0] ?? "?");
    avatar.style.backgroundColor = color(chat.id);
    return el("li", {}, el("button", {
      type: "button", "data-chat": chat.id, "aria-current": String(chat.id === current?.id), onclick: () => { location.hash = chat.id; },
    },
    avatar,
    el("span", { class: "name" }, chat.title + (chat.blocked ? " 🚫" : "")),
    el("span", { class: "soft" }, clock(chat.time)),
    el("span", { class: "soft last" }, chat.last || `${chat.username ? "@" + chat.username : chat.id}${chat.language ? " · " + chat.language : ""}`),
    chat.hint ? el("span", { class: "soft try" }, "💡 " + chat.hint) : null));
  }));
  if (focused) document.querySelector(`[data-chat="${focused}"]`)?.focus();
}

async function openChat(id) {
  shownAnswers = new Set();
  current = { id };
  wantsBottom = true;
  const chat = await get(`chats/${id}`);
  for (const answer of chat.answers) shownAnswers.add(answer.id);
  document.body.classList.add("open");
  $("chat").hidden = false;
  $("empty").hidden = true;
  show(chat);
  $("text").focus();
  for (const button of document.querySelectorAll("[data-chat]")) button.setAttribute("aria-current", String(button.dataset.chat === String(id)));
}

function show(chat) {
  current = chat;
  $("chatTitle").textContent = chat.title;
  $("chatState").textContent = chat.action ? `${state?.bot.name ?? "bot"} is ${chat.action === "typing" ? "typing" : chat.action.replaceAll("_", " ")}…`
    : [chat.username ? "@" + chat.username : null, "id " + chat.id, chat.language].filter(Boolean).join(" · ");
  $("hint").hidden = !chat.hint;
  $("hint").textContent = "💡 " + chat.hint;
  $("block").hidden = chat.type !== "private";
  $("block").textContent = chat.blocked ? "Unblock the bot" : "Block the bot";
  $("menu").hidden = chat.commands.length === 0;
  const list = $("messages");
  const atBottom = wantsBottom || list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  const focused = document.activeElement?.dataset?.button;
  const items = chat.messages.map(message => bubble(chat, message));
  if (items.length === 0) {
    const start = el("button", { type: "button", onclick: () => post(`chats/${chat.id}/send`, { text: "/start" }) }, "Start");
    items.push(el("li", { class: "service" }, chat.about || "No messages yet. ", " ", start));
  }
  list.replaceChildren(...items);
  if (focused) document.querySelector(`[data-button="${focused}"]`)?.focus();
  if (atBottom) list.scrollTop = list.scrollHeight;
  wantsBottom = false;
  for (const answer of chat.answers) {
    if (shownAnswers.has(answer.id)) continue;
    shownAnswers.add(answer.id);
    if (!answer.text) continue;
    if (answer.alert) { $("alertText").textContent = answer.text; $("alert").showModal(); } else toast(answer.text);
  }
}

function bubble(chat, message) {
  if (message.receipt)
    return el("li", { class: "service" }, message.kind === "RefundedPayment" ? `Refunded: ${message.receipt.amount}` : `Paid ${message.receipt.amount} for ${message.receipt.title}`);
  const content = el("div", { class: "bubble", dir: "auto" });
  if (message.reply) content.append(el("span", { class: "reply" }, message.reply));
  if (chat.type !== "private" && !message.bot) content.append(el("strong", {}, message.from + "\n"));
  const pictures = { Photo: "🖼 Photo", Sticker: "👍 Sticker", Contact: "👤 Contact", Voice: "🎤 Voice message" };
  if (message.invoice) content.append(el("span", { class: "invoice" }, el("strong", {}, message.invoice.title), message.invoice.description, el("span", { class: "price" }, message.invoice.amount)));
  else if (pictures[message.kind]) content.append(el("em", {}, pictures[message.kind] + (message.text ? "\n" : "")));
  content.append(formatted(message));
  content.append(el("span", { class: "meta" }, (message.isProtected ? "🔒 " : "") + (message.edited ? "edited " : "") + clock(message.time)));
  return el("li", { class: message.bot ? "message" : "message own", id: "m" + message.id }, content, keyboard(chat, message));
}

function keyboard(chat, message) {
  if (message.keyboard.length === 0) return null;
  return el("div", { class: "keyboard" }, ...message.keyboard.map((row, r) => el("div", { class: "row" }, ...row.map((button, c) => {
    const waiting = button.data != null && chat.waiting.some(w => w.message === message.id && w.data === button.data);
    const node = el("button", {
      type: "button", "data-button": `${message.id}-${r}-${c}`, class: [button.style, waiting ? "waiting" : null].filter(Boolean).join(" ") || null, title: button.data ?? button.url, dir: "auto",
      onclick: () => {
        if (button.pay) post(`chats/${chat.id}/pay`, { message: message.id });
        else if (button.url) { if (/^https?:/i.test(button.url)) window.open(button.url, "_blank", "noopener"); else toast(button.url); }
        else if (button.data != null) { node.classList.add("waiting"); post(`chats/${chat.id}/press`, { message: message.id, row: r, column: c }); }
        else toast("The playground does not know this kind of button.");
      },
    }, button.text);
    if (button.url) node.append(el("span", { class: "arrow", "aria-hidden": "true" }, "↗"));
    return node;
  }))));
}

// Entities are properly nested, outer ones first; overlapping ones are cut.
function formatted(message) {
  const root = document.createDocumentFragment();
  build(root, 0, message.text.length, message.entities);
  return root;

  function build(parent, from, to, entities) {
    let at = from;
    for (let i = 0; i < entities.length; i++) {
      const entity = entities[i];
      if (entity.offset < at || entity.offset >= to) continue;
      if (entity.offset > at) parent.append(message.text.slice(at, entity.offset));
      const end = Math.min(entity.offset + entity.length, to);
      const node = nodeOf(entity, message.text.slice(entity.offset, end));
      build(node, entity.offset, end, entities.slice(i + 1).filter(e => e.offset < end));
      parent.append(node);
      at = end;
    }
    if (at < to) parent.append(message.text.slice(at, to));
  }
}

function nodeOf(entity, text) {
  switch (entity.type) {
    case "bold": return el("b");
    case "italic": return el("i");
    case "underline": return el("u");
    case "strikethrough": return el("s");
    case "code": return el("code", { title: "Copy", onclick: () => navigator.clipboard?.writeText(text).then(() => toast("Copied")) });
    case "pre": return el("pre");
    case "blockquote": case "expandable_blockquote": return el("blockquote");
    case "spoiler": return el("span", { class: "spoiler", onclick: event => event.currentTarget.classList.add("shown") });
    case "text_link": case "url": {
      const href = entity.url ?? (/^https?:/i.test(text) ? text : "http://" + text);
      return /^(https?|tg):/i.test(href) ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }) : el("span");
    }
    case "bot_command": return el("button", { type: "button", class: "command", onclick: () => post(`chats/${current.id}/send`, { text }) });
    case "mention": case "hashtag": case "email": case "text_mention": return el("span", { class: "command" });
    default: return el("span");
  }
}

let toastTimer = 0;
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3000);
}

function completion(prefix) {
  const commands = current?.commands?.filter(c => ("/" + c.command).startsWith(prefix)) ?? [];
  $("completion").hidden = commands.length === 0;
  $("completion").replaceChildren(...commands.map(c => el("li", {}, el("button", {
    type: "button", onclick: () => { $("completion").hidden = true; $("text").value = ""; post(`chats/${current.id}/send`, { text: "/" + c.command }); $("text").focus(); },
  }, el("b", {}, "/" + c.command), el("span", { class: "soft" }, c.description)))));
}

$("composer").addEventListener("submit", event => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text || !current) return;
  $("text").value = "";
  $("completion").hidden = true;
  wantsBottom = true;
  post(`chats/${current.id}/send`, { text });
});
$("text").addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("composer").requestSubmit(); }
  if (event.key === "ArrowDown" && !$("completion").hidden) { event.preventDefault(); $("completion").querySelector("button")?.focus(); }
});
$("text").addEventListener("input", () => {
  const text = $("text").value;
  if (text.startsWith("/") && !/\s/.test(text)) completion(text); else $("completion").hidden = true;
});
$("completion").addEventListener("keydown", event => {
  const item = event.target.closest("li");
  if (event.key === "ArrowDown") item?.nextElementSibling?.querySelector("button")?.focus();
  if (event.key === "ArrowUp") (item?.previousElementSibling?.querySelector("button") ?? $("text")).focus();
  if (event.key === "Escape") { $("completion").hidden = true; $("text").focus(); }
});
$("menu").addEventListener("click", () => { if ($("completion").hidden) completion("/"); else $("completion").hidden = true; });
$("block").addEventListener("click", () => post(`chats/${current.id}/${current.blocked ? "unblock" : "block"}`));
$("back").addEventListener("click", () => { location.hash = ""; });
$("addForm").addEventListener("submit", async event => {
  event.preventDefault();
  const form = Object.fromEntries(new FormData(event.target));
  await post("people", { ...form, id: Number(form.id) });
  event.target.reset();
  await loadPeople();
});
window.addEventListener("hashchange", route);

function route() {
  const id = location.hash.slice(1);
  if (/^-?\d+$/.test(id)) return openChat(id).catch(error => toast(error.message));
  document.body.classList.remove("open");
  $("chat").hidden = true;
  $("empty").hidden = false;
  current = null;
  return loadPeople();
}

function listen() {
  const events = new EventSource(api + "events");
  let first = true;
  events.onmessage = async event => {
    const change = JSON.parse(event.data);
    const restarted = !first && change.chats.length === 0;
    first = false;
    await loadPeople();
    if (current && (restarted || change.chats.includes(Number(current.id)))) show(await get(`chats/${current.id}`));
  };
  events.onerror = () => toast("The playground does not answer; trying again…");
}

// The bot's “typing” ends by itself.
setInterval(async () => { if (current?.action) show(await get(`chats/${current.id}`)); }, 1000);

loadPeople().then(route).then(listen);
