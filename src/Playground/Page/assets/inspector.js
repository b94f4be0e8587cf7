import { $, clock, copy, el } from "./dom.js";
import { get } from "./api.js";
import { showFaults } from "./faults.js";
import { store, titleOf } from "./store.js";
import { t } from "./words.js";

const most = 1000;
let revision = 0;
let epoch = null;
let entries = new Map();
let clearedTo = 0;
let drawn = new Map();

/** Reads what is new since the last time. */
export async function refreshInspector() {
  const journal = await get(`journal?since=${revision}`);
  if (journal.epoch !== epoch || journal.revision < revision) {
    const wasNew = epoch === null;
    entries = new Map();
    epoch = journal.epoch;
    if (!wasNew && journal.revision >= revision) { revision = 0; return refreshInspector(); }
  }
  revision = journal.revision;
  for (const entry of journal.entries) entries.set(entry.id, entry);
  for (const id of [...entries.keys()].sort((a, b) => a - b).slice(0, Math.max(0, entries.size - most))) entries.delete(id);
  showFaults(journal.faults);
  draw();
}

function draw() {
  const person = $("byPerson").value;
  const chat = person === "open" ? store.chat?.id : Number(person);
  const method = $("byMethod").value.trim().toLowerCase();
  const visible = [...entries.values()].filter(e => e.id > clearedTo
    && (person === "all" || e.chat === chat)
    && nameOf(e).toLowerCase().includes(method)
    && (!$("onlyViolations").checked || e.call?.violation)
    && ($("withPolls").checked || e.call?.method !== "getUpdates" || method !== "")).sort((a, b) => b.id - a.id);
  const next = new Map();
  const nodes = visible.map(entry => {
    const signature = (entry.update?.state ?? "") + titleOf(entry.chat) + document.documentElement.lang;
    const old = drawn.get(entry.id);
    const item = old?.signature === signature ? old : { signature, node: line(entry, old?.node.querySelector("details")?.open) };
    next.set(entry.id, item);
    return item.node;
  });
  drawn = next;
  const list = $("entries");
  // New ones come in at the top; the rest stays, with its focus.
  const focused = document.activeElement?.closest?.("#entries li")?.dataset.entry;
  list.replaceChildren(...nodes);
  if (focused) list.querySelector(`[data-entry="${focused}"] summary`)?.focus();
  $("noEntries").hidden = nodes.length > 0;
  const violations = [...entries.values()].filter(e => e.call?.violation).length;
  $("violations").hidden = violations === 0;
  $("violations").textContent = violations;
}

const nameOf = entry => entry.call?.method ?? entry.update?.kind ?? "";

function line(entry, isOpen) {
  const { call, update } = entry;
  if (entry.note) return el("li", { class: "note", "data-entry": entry.id }, el("span", { class: "soft" }, clock(entry.at, true)), " ", entry.note);
  const details = el("details", { open: isOpen === true }, el("summary", {},
    el("span", { class: "arrowMark", "aria-hidden": "true" }, call ? "↑" : "↓"),
    el("span", { class: "what" }, nameOf(entry)),
    el("span", { class: "who" }, titleOf(entry.chat)),
    status(entry),
    el("span", { class: "soft preview" }, preview(entry)),
    el("span", { class: "soft time" }, clock(entry.at, true))));
  const fill = () => { if (details.open && details.children.length === 1) details.append(call ? callDetails(call) : updateDetails(update)); };
  details.addEventListener("toggle", fill);
  fill();
  return el("li", { class: call?.violation ? "violation" : call ? "call" : "update", "data-entry": entry.id }, details);
}

function status({ call, update }) {
  if (update) return el("span", { class: "pill " + update.state }, t(update.state));
  const word = call.fault ? "⚡ " + call.fault : call.ok ? `${call.ms} ms` : call.code ?? t("noAnswer");
  return el("span", { class: "pill " + (call.fault ? "fault" : call.ok ? "ok" : call.violation ? "broken" : "refused"), title: call.violation ? t("violation") : null }, word);
}

function preview({ call, update }) {
  if (call) return call.description ?? call.parameters.text ?? call.parameters.commands?.map?.(c => "/" + c.command).join(" ") ?? call.parameters.title ?? "";
  const body = update.json[update.kind] ?? {};
  return body.data ?? body.text ?? body.invoice_payload ?? body.new_chat_member?.status ?? "";
}

function callDetails(call) {
  return el("div", { class: "more" },
    call.violation ? el("p", { class: "broken" }, t("violation") + ": " + call.description) : call.description ? el("p", {}, call.description) : null,
    el("p", { class: "actions" },
      el("button", { type: "button", class: "quiet", onclick: () => copy(curl(call), t("copied")) }, t("copyCurl")),
      el("button", { type: "button", class: "quiet", onclick: () => copy(JSON.stringify(call, null, 2), t("copied")) }, t("copyJson")),
      el("span", { class: "soft" }, `${call.ms} ms`)),
    el("h3", {}, t("parameters")), json(call.parameters),
    call.result == null ? null : el("h3", {}, t("result")), call.result == null ? null : json(call.result));
}

function updateDetails(update) {
  return el("div", { class: "more" },
    el("p", { class: "actions" }, el("button", { type: "button", class: "quiet", onclick: () => copy(JSON.stringify(update.json, null, 2), t("copied")) }, t("copyJson"))), json(update.json));
}

/** The same call from a shell; the token is the playground's own and no secret. */
function curl(call) {
  const quote = text => "'" + text.replaceAll("'", "'\\''") + "'";
  return `curl -s ${quote(`${store.state.url}bot${store.state.token}/${call.method}`)} -H 'content-type: application/json' -d ${quote(JSON.stringify(call.parameters))}`;
}

// Keys and values get colours; the text is the JSON itself.
function json(value) {
  const node = el("pre", { tabindex: "0" });
  const text = JSON.stringify(value, null, 2);
  const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  let at = 0;
  for (const match of text.matchAll(token)) {
    node.append(text.slice(at, match.index));
    const kind = match[2] ? "key" : match[1] ? "string" : "literal";
    node.append(el("span", { class: kind }, match[1] ?? match[0]), match[2] ?? "");
    at = match.index + match[0].length;
  }
  node.append(text.slice(at));
  return node;
}

/** The people one can filter by. */
export function showFilter() {
  const chosen = $("byPerson").value || "all";
  const options = [["all", t("everybody")], ["open", t("openChat")], ...store.state.chats.map(c => [String(c.id), c.title])];
  $("byPerson").replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  $("byPerson").value = options.some(([value]) => value === chosen) ? chosen : "all";
  if ($("methodNames").children.length === 0) $("methodNames").append(...store.state.methods.map(value => el("option", { value })));
}

export const redrawInspector = draw;

export function setUpInspector() {
  for (const id of ["byPerson", "byMethod", "onlyViolations", "withPolls"]) $(id).addEventListener("input", draw);
  $("filter").addEventListener("submit", event => event.preventDefault());
  $("clearEntries").addEventListener("click", () => { clearedTo = Math.max(0, ...entries.keys()); draw(); });
}
