/*
 * Ballots on this device, each bound to the account that wrote it.
 *
 * state: "unsent" waits for the network · "asks" the juror must look at it (two versions, or refused) ·
 * "unchosen" of two versions the other was taken: goes into the server's history · "saved" the server has it; kept only
 * beside a kept page. Nobody but its owner sees or sends a record; unsent ones are removed by nothing but the server's yes.
 */

import * as db from "./device-db.js";

export const isUnsent = (record) => record.state !== "saved";

export async function listUnsent(owner) {
  const found = (await db.all("ballots")).filter((record) => record.owner === owner && isUnsent(record));
  return found.sort((one, other) => one.at - other.at);
}

/* The store autosave writes to; null where the browser has no database for us. */
export async function deviceCopies(form) {
  try {
    await db.open();
  } catch {
    return null;
  }
  const base = describe(form);
  return {
    read: (key) => db.get("ballots", key),
    write: (key, copy) => quietly(db.put("ballots", { state: "unsent", id: newId(), ...base, ...copy, key })),
    drop: (key) => quietly(db.drop("ballots", key)),
    settle: (key, copy) => quietly(settle({ ...base, ...copy, key })),
  };
}

/* Of two versions the server's was chosen: the other one is still owed to the history. */
export async function setUnchosen(form, fields) {
  const id = newId();
  const record = { ...describe(form), id, key: `${form.dataset.draftKey}:${id}`, state: "unchosen" };
  await db.put("ballots", { ...record, at: Date.now(), version: form.dataset.version, fields });
}

/* Only the server's yes to exactly this content removes it: what was typed meanwhile stays. */
export function settleSent(record, answer) {
  return db.change("ballots", record.key, (now) => {
    if (!now || now.at !== record.at) return undefined;
    return null;
  }).then(() => answer?.submitted || settle({ ...record, version: String(answer?.version ?? record.version) }));
}

export function mark(record, state, message) {
  return db.change("ballots", record.key, (now) => (now && now.at === record.at ? { ...now, state, message } : undefined));
}

/* Held while a form is open: its page sends the ballot itself. */
export function hold(key) {
  if (!navigator.locks) return () => {};
  let release = () => {};
  const freed = new Promise((resolve) => {
    release = resolve;
  });
  navigator.locks.request(`innovate:${key}`, { ifAvailable: true }, (lock) => lock && freed);
  return release;
}

export function whenFree(key, act) {
  if (!navigator.locks) return act();
  return navigator.locks.request(`innovate:${key}`, { ifAvailable: true }, (lock) => (lock ? act() : undefined));
}

/* Beside a kept page the device remembers what the server has, in case the page shown offline is older. */
async function settle(record) {
  if (!record.seat || record.state === "unchosen" || record.key.endsWith(":other")) return;
  const kept = (await db.all("kept")).some((each) => each.owner === record.owner && each.items[record.seat]);
  await db.change("ballots", record.key, (now) => {
    if (now && isUnsent(now) && now.at > record.at) return undefined;
    return kept ? { ...record, state: "saved", handIn: false } : null;
  });
}

function describe(form) {
  const { owner, seat, title, page, autosave, handInUrl, otherUrl, lateUrl } = form.dataset;
  return { owner, seat, title, page, saveUrl: autosave, handInUrl, otherUrl, lateUrl };
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function quietly(work) {
  try {
    await work;
  } catch {
    // A full disk keeps no copy; the server still has everything acknowledged.
  }
}

export async function setUnchosenRecord(record) {
  await db.put("ballots", { ...record, key: `${record.key}:${record.id}`, state: "unchosen", handIn: false });
  await db.drop("ballots", record.key);
}
