import { $, toast } from "./dom.js";
import { events, get } from "./api.js";
import { closeChat, openChat, reloadChat, setUpChat } from "./chat.js";
import { setUpComposer } from "./composer.js";
import { setUpFaults } from "./faults.js";
import { redrawInspector, refreshInspector, setUpInspector, showFilter } from "./inspector.js";
import { setUpPeople, showPeople } from "./people.js";
import { setUpScenario, showRecording } from "./scenario.js";
import { setUpSide, sideIsOpen } from "./side.js";
import { store } from "./store.js";
import { otherLanguage, say, t } from "./words.js";

async function refreshState() {
  store.state = await get("state");
  showPeople();
  showFilter();
  showRecording();
}

async function route() {
  const id = location.hash.slice(1);
  if (!/^-?\d+$/.test(id)) {
    closeChat();
  } else {
    try {
      await openChat(id);
    } catch {
      location.hash = "";
      return;
    }
  }
  showPeople();
  redrawInspector();
}

// Bursts of events become one refresh after the other.
let wanted = null;
let profile = null;
let isRefreshing = false;
async function refresh(change) {
  const isFresh = change.fresh || change.profile !== profile;
  profile = change.profile;
  wanted = { fresh: isFresh || wanted?.fresh, chats: [...wanted?.chats ?? [], ...change.chats] };
  if (isRefreshing) return;
  isRefreshing = true;
  try {
    while (wanted) {
      const { fresh, chats } = wanted;
      wanted = null;
      await refreshState();
      if (store.chat && (fresh || chats.includes(store.chat.id))) await reloadChat().catch(error => { if (error.status === 404) location.hash = ""; });
      if (store.chat && !store.state.chats.some(c => c.id === store.chat.id) && store.state.more === 0) location.hash = "";
      if (sideIsOpen()) await refreshInspector();
    }
  } catch {
    // The playground went away; the stream tells, and comes back by itself.
  } finally {
    isRefreshing = false;
  }
}

// A browser keeps six connections to one machine: tabs that nobody looks at let go of theirs.
let stream = null;
function listen() {
  if (document.hidden) {
    stream?.close();
    stream = null;
    return;
  }
  if (stream) return;
  stream = events();
  stream.onmessage = event => refresh(JSON.parse(event.data));
  stream.onerror = () => toast(t("lost"), true);
}

say();
setUpPeople();
setUpChat();
setUpComposer();
setUpSide(refreshInspector);
setUpInspector();
setUpFaults();
setUpScenario();
$("words").addEventListener("click", async () => { otherLanguage(); await refresh({ fresh: true, chats: [], profile }); });
addEventListener("hashchange", route);
document.addEventListener("visibilitychange", listen);
await refreshState();
await route();
listen();
document.body.dataset.ready = "true";
