import { $, el } from "./dom.js";
import { post } from "./api.js";
import { scrollDown } from "./chat.js";
import { store } from "./store.js";

function complete(prefix) {
  const commands = store.chat?.commands?.filter(c => ("/" + c.command).startsWith(prefix)) ?? [];
  $("completion").hidden = commands.length === 0;
  $("menu").setAttribute("aria-expanded", String(commands.length > 0));
  $("completion").replaceChildren(...commands.map(c => el("li", {}, el("button", { type: "button", onclick: () => send("/" + c.command) },
    el("b", {}, "/" + c.command), el("span", { class: "soft" }, c.description)))));
}

function close() {
  $("completion").hidden = true;
  $("menu").setAttribute("aria-expanded", "false");
}

async function send(text) {
  close();
  $("text").value = "";
  scrollDown();
  $("text").focus();
  if (!await post(`chats/${store.chat.id}/send`, { text })) $("text").value = text;
}

export function setUpComposer() {
  const text = $("text");
  $("composer").addEventListener("submit", event => {
    event.preventDefault();
    if (text.value.trim() && store.chat) send(text.value.trim());
  });
  text.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("composer").requestSubmit(); }
    if (event.key === "ArrowDown" && !$("completion").hidden) { event.preventDefault(); $("completion").querySelector("button")?.focus(); }
    if (event.key === "Escape") close();
  });
  const offer = () => {
    if (text.value.startsWith("/") && !/\s/.test(text.value)) complete(text.value); else close();
  };
  text.addEventListener("input", offer);
  document.addEventListener("commands", () => { if (document.activeElement === text) offer(); });
  $("completion").addEventListener("keydown", event => {
    const item = event.target.closest("li");
    if (event.altKey || !["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "ArrowDown") item?.nextElementSibling?.querySelector("button")?.focus();
    if (event.key === "ArrowUp") (item?.previousElementSibling?.querySelector("button") ?? text).focus();
    if (event.key === "Escape") { close(); text.focus(); }
  });
  $("menu").addEventListener("click", () => {
    if ($("completion").hidden) { complete("/"); $("completion").querySelector("button")?.focus(); } else close();
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || !store.chat || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    text.focus();
    text.value = "/";
    complete("/");
  });
}
