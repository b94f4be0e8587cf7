import { toast } from "./dom.js";

const root = "/playground/api/";

export async function get(path) {
  const answer = await fetch(root + path);
  if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status}`), { status: answer.status });
  return answer.json();
}

/** Does something; null when it was refused, which is then told. */
export async function post(path, body = {}, method = "POST") {
  const answer = await fetch(root + path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (answer.ok) return answer.json();
  const problem = await answer.json().catch(() => ({ error: `HTTP ${answer.status}` }));
  toast(problem.error.split("\n")[0], true);
  return null;
}

export const events = () => new EventSource(root + "events");
export const exportPath = id => `${root}chats/${id}/export`;
