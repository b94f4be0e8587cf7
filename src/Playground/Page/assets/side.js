import { $ } from "./dom.js";

const key = "playground.side";
const tabs = ["Inspector", "Faults", "Scenario"];

export const sideIsOpen = () => document.body.classList.contains("side");

function open(isOpen) {
  document.body.classList.toggle("side", isOpen);
  for (const button of document.querySelectorAll(".toSide")) button.setAttribute("aria-expanded", String(isOpen));
  localStorage.setItem(key, isOpen ? "open" : "closed");
}

function select(name, focus = false) {
  for (const tab of tabs) {
    const button = $("tab" + tab);
    const isChosen = tab === name;
    button.setAttribute("aria-selected", String(isChosen));
    button.tabIndex = isChosen ? 0 : -1;
    $(button.getAttribute("aria-controls")).hidden = !isChosen;
    if (isChosen && focus) button.focus();
  }
}

/** The panel at the right; `opened` is called when it comes into view. */
export function setUpSide(opened) {
  open(localStorage.getItem(key) === "open" || (localStorage.getItem(key) === null && innerWidth >= 1180));
  for (const button of document.querySelectorAll(".toSide")) button.addEventListener("click", () => { open(!sideIsOpen()); if (sideIsOpen()) opened(); });
  $("closeSide").addEventListener("click", () => open(false));
  for (const tab of tabs) $("tab" + tab).addEventListener("click", () => select(tab));
  document.querySelector("[role=tablist]").addEventListener("keydown", event => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tabs.findIndex(tab => $("tab" + tab) === event.target);
    if (by && at >= 0) select(tabs[(at + by + tabs.length) % tabs.length], true);
  });
}
