import { $, el, toast } from "./dom.js";
import { post } from "./api.js";
import { store, titleOf } from "./store.js";
import { t } from "./words.js";

const words = { 429: "fault429", 500: "fault500", cut_before: "faultCutBefore", cut_after: "faultCutAfter", delay: "faultDelay", hang: "faultHang" };

export function showFaults(faults) {
  $("planned").hidden = faults.length === 0;
  $("planned").textContent = faults.reduce((sum, f) => sum + f.times, 0);
  $("clearFaults").hidden = faults.length === 0;
  $("faultList").replaceChildren(...faults.map(fault => el("li", {},
    el("b", {}, fault.method ?? t("anyMethod")), ` × ${fault.times}: `, t(words[fault.code ?? fault.kind] ?? String(fault.code)),
    fault.seconds ? ` (${fault.seconds} s)` : null, fault.chat ? ` — ${titleOf(fault.chat)}` : null)));
}

export function setUpFaults() {
  const form = $("faultForm");
  const needsSeconds = () => { $("secondsRow").hidden = !["429", "delay"].includes(form.what.value); };
  form.what.addEventListener("input", needsSeconds);
  needsSeconds();
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const what = form.what.value;
    const isStatus = /^\d+$/.test(what);
    const fault = {
      kind: isStatus ? "status" : what,
      code: isStatus ? Number(what) : null,
      seconds: $("secondsRow").hidden ? null : Number(form.seconds.value),
      method: form.method.value.trim() || null,
      times: Number(form.times.value),
      chat: form.here.checked ? store.chat?.id ?? null : null,
    };
    const planned = await post("faults", fault);
    if (planned) { showFaults(planned); toast(t("faultPlanned")); }
  });
  $("clearFaults").addEventListener("click", async () => showFaults(await post("faults", {}, "DELETE") ?? []));
}
