import { $, save, toast } from "./dom.js";
import { post } from "./api.js";
import { store } from "./store.js";
import { t } from "./words.js";

export function showRecording() {
  const { recording, recordedSteps } = store.state;
  $("record").hidden = recording;
  $("stopRecording").hidden = !recording;
  $("recordingMark").hidden = !recording;
  document.body.classList.toggle("recording", recording);
  $("recorded").textContent = recording ? t("recordedSteps", recordedSteps) : "";
}

export function setUpScenario() {
  $("recordForm").addEventListener("submit", event => {
    event.preventDefault();
    if (!store.state.recording) post("recording/start", { name: event.target.name.value.trim() });
  });
  $("stopRecording").addEventListener("click", async () => {
    const scenario = await post("recording/stop");
    if (scenario) save(`${scenario.name.replace(/[^\p{L}\p{N}]+/gu, "-")}.json`, JSON.stringify(scenario, null, 2) + "\n");
  });
  $("playFile").addEventListener("change", async event => {
    const file = event.target.files[0];
    if (!file) return;
    $("played").textContent = t("playing");
    try {
      const result = await post("scenario", JSON.parse(await file.text()));
      $("played").textContent = result ? t("played", result.played, result.steps) : "✗ " + $("toast").textContent;
    } catch (error) {
      $("played").textContent = "";
      toast(error.message, true);
    }
    event.target.value = "";
  });
}
