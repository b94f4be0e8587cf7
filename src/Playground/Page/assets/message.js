import { clock, copy, el, toast } from "./dom.js";
import { post } from "./api.js";
import { t } from "./words.js";

export function bubble(chat, message) {
  if (message.receipt)
    return el("li", { class: "service", "data-message": message.id }, message.kind === "refundedPayment" ? t("refunded", message.receipt.amount) : t("paid", message.receipt.amount, message.receipt.title));
  const content = el("div", { class: "bubble", dir: "auto" });
  if (message.reply) content.append(el("span", { class: "reply" }, message.reply));
  if (chat.type !== "private" && !message.bot) content.append(el("strong", {}, message.from + "\n"));
  const pictures = { photo: "🖼 ", sticker: "👍 ", contact: "👤 ", voice: "🎤 " };
  if (message.invoice)
    content.append(el("span", { class: "invoice" }, el("strong", {}, message.invoice.title), message.invoice.description, el("span", { class: "price" }, message.invoice.amount)));
  else if (pictures[message.kind]) content.append(el("em", {}, pictures[message.kind] + t(message.kind) + (message.text ? "\n" : "")));
  content.append(formatted(chat, message));
  content.append(el("span", { class: "meta" }, (message.isProtected ? "🔒 " : "") + (message.isSilent ? "🔕 " : "") + (message.edits > 0 ? t("edited") + " " : "") + clock(message.time)));
  return el("li", { class: message.bot ? "message" : "message own", "data-message": message.id }, content, keyboard(chat, message));
}

function keyboard(chat, message) {
  if (message.keyboard.length === 0) return null;
  return el("div", { class: "keyboard" }, ...message.keyboard.map((row, r) => el("div", { class: "row" }, ...row.map((button, c) => {
    const isWaiting = (button.data != null && chat.waiting.some(w => w.message === message.id && w.data === button.data)) || (button.pay && chat.paying.includes(message.id));
    const node = el("button", {
      type: "button", "data-button": `${message.id}-${r}-${c}`, class: [button.style, isWaiting ? "waiting" : null, button.pay ? "pay" : null].filter(Boolean).join(" ") || null,
      title: button.data ?? button.url, dir: "auto", "aria-busy": isWaiting ? "true" : null, onclick: () => press(chat, message, button, r, c, node),
    }, button.text);
    if (button.url) node.append(el("span", { class: "arrow", "aria-hidden": "true" }, "↗"));
    return node;
  }))));
}

function press(chat, message, button, row, column, node) {
  if (button.pay) {
    node.classList.add("waiting");
    post(`chats/${chat.id}/pay`, { message: message.id });
  } else if (button.url) {
    if (/^https?:/i.test(button.url)) window.open(button.url, "_blank", "noopener"); else toast(button.url);
  } else if (button.data != null) {
    node.classList.add("waiting");
    post(`chats/${chat.id}/press`, { message: message.id, row, column });
  } else {
    toast(t("unknownButton"));
  }
}

// Entities are properly nested, outer ones first; overlapping ones are cut.
function formatted(chat, message) {
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
      const node = nodeOf(chat, entity, message.text.slice(entity.offset, end));
      build(node, entity.offset, end, entities.slice(i + 1).filter(e => e.offset < end));
      parent.append(node);
      at = end;
    }
    if (at < to) parent.append(message.text.slice(at, to));
  }
}

function nodeOf(chat, entity, text) {
  switch (entity.type) {
    case "bold": return el("b");
    case "italic": return el("i");
    case "underline": return el("u");
    case "strikethrough": return el("s");
    case "code": return el("code", { onclick: () => copy(text, t("copied")) });
    case "pre": return el("pre");
    case "blockquote": case "expandable_blockquote": return el("blockquote");
    case "spoiler": return el("button", { type: "button", class: "spoiler", onclick: event => event.currentTarget.classList.add("shown") });
    case "text_link": case "url": {
      const href = entity.url ?? (/^https?:/i.test(text) ? text : "http://" + text);
      return /^(https?|tg):/i.test(href) ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }) : el("span");
    }
    case "bot_command": return el("button", { type: "button", class: "command", onclick: () => post(`chats/${chat.id}/send`, { text }) });
    case "mention": case "hashtag": case "email": case "text_mention": return el("span", { class: "command" });
    default: return el("span");
  }
}
