/*
 * Sends what lies on this device, the oldest first, for the account that wrote it and no other.
 * Answers { sent, late, left, state }: state is "ok", "offline", "expired" (sign in again) or "other" (another account).
 */

import { listUnsent, mark, settleSent, whenFree } from "./device-ballots.js";

const SESSION = "/pekerja/sesi";
const PATIENCE_MS = 20_000;

export async function sync(owner, session = SESSION) {
  if (!navigator.locks) return run(owner, session);
  return navigator.locks.request("innovate:sync", () => run(owner, session));
}

async function run(owner, session) {
  const result = { sent: 0, late: 0, left: [], state: "ok" };
  const waiting = (await listUnsent(owner)).filter((record) => record.state !== "asks");
  if (waiting.length) result.state = await sendAll(owner, waiting, session, result);
  result.left = await listUnsent(owner);
  return result;
}

async function sendAll(owner, waiting, session, result) {
  try {
    const who = await fetch(session, { headers: { Accept: "application/json" }, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (who.status === 401) return "expired";
    if (!who.ok) return "offline";
    const { owner: present, token } = await who.json();
    if (present !== owner) return "other";
    for (const record of waiting) {
      const stop = await whenFree(record.key, () => send(record, token, result));
      if (stop) return stop;
    }
    return "ok";
  } catch {
    return "offline";
  }
}

/* Truthy when sending must stop here. */
async function send(record, token, result) {
  if (record.state === "unchosen") return sendTo(record.otherUrl, record, token, () => settleSent(record, { submitted: true }));
  const answer = await post(record.handIn ? record.handInUrl : record.saveUrl, record, token);
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    await settleSent(record, said);
    result.sent += 1;
    return null;
  }
  if (answer.status === 401) return "expired";
  if (answer.status === 404 || said.closed || said.gone) {
    return sendTo(record.lateUrl, record, token, async (late) => {
      await settleSent(record, { submitted: true });
      if (late.late) result.late += 1;
      else result.sent += 1;
    });
  }
  if (answer.status === 409) await mark(record, "asks", "versions");
  else if (answer.status === 422) await mark(record, "asks", said.message ?? "");
  else return "offline"; // the server is in trouble, or the token was refused: everything stays for the next time
  return null;
}

async function sendTo(address, record, token, done) {
  const answer = await post(address, record, token);
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 401) return "expired";
  if (answer.ok) await done(said);
  else if (answer.status === 422) await mark(record, "asks", said.message ?? "");
  else return "offline";
  return null;
}

function post(address, record, token) {
  const data = new FormData();
  for (const [name, value] of record.fields) data.append(name, value);
  data.set("csrf_token", token);
  data.set("version", record.version);
  data.set("key", record.id);
  data.set("handed_in", record.handIn ? "1" : "0");
  data.set("written_at", new Date(record.at).toISOString());
  data.set("diam", "1");
  return fetch(address, {
    method: "POST",
    body: data,
    headers: { Accept: "application/json", "X-Requested-With": "fetch" },
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}
