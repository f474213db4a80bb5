/*
 * Entries kept on this device: pages and files in Cache Storage under the owner's name, what they are in IndexedDB.
 * Only this module writes there; the service worker reads. A page is kept only if it was made for its owner.
 */

import * as db from "./device-db.js";

const nameOf = (owner, slug) => `kept:${owner}:${slug}`;
const slugOf = (address) => new URL(address, location.origin).pathname.split("/")[2];

export const supported = () => window.isSecureContext && "caches" in window && "serviceWorker" in navigator;

export async function load(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  return answer.ok ? answer.json() : { status: answer.status };
}

export const find = (owner, address) => db.get("kept", nameOf(owner, slugOf(address)));

/* Everything of one juror in one event; `report(done, total, bytes)` on the way. */
export async function keep(list, address, report) {
  const id = nameOf(list.owner, slugOf(address));
  const cache = await caches.open(id);
  const old = await db.get("kept", id);
  const kept = { id, owner: list.owner, address, until: list.until, build: list.build, pages: {}, items: {}, bytes: 0 };
  const pages = [list.home, ...list.pages, ...list.items.map((item) => item.page)];
  const files = new Set(list.assets);
  const progress = { done: 0, bytes: 0, tell: () => report?.(progress.done, pages.length + files.size, progress.bytes) };
  for (const page of pages) {
    const found = await keepPage(cache, page, list.owner);
    const item = list.items.find((each) => each.page === page);
    if (found) {
      found.files.forEach((file) => files.add(file));
      kept.pages[page] = found.files;
      if (item) kept.items[item.seat] = { version: item.version, state: item.state, page };
    }
    count(progress, found?.bytes ?? 0);
  }
  for (const file of files) count(progress, await keepFile(cache, file));
  await drop(cache, new Set([...Object.keys(kept.pages), ...files]));
  kept.bytes = progress.bytes;
  kept.at = old?.at ?? Date.now();
  await db.put("kept", kept);
  return kept;
}

/* What the server says now decides: entries that are no longer the juror's leave, changed pages are read again. */
export async function refresh(owner) {
  for (const kept of (await db.all("kept")).filter((each) => each.owner === owner)) {
    const list = await load(kept.address).catch(() => null);
    if (!list) return;
    if (list.status === 404 || list.items?.length === 0) await remove(kept);
    else if (list.owner === owner && differs(kept, list)) {
      const items = list.items.filter((item) => kept.items[item.seat]);
      await keep({ ...list, items }, kept.address);
    }
  }
}

/* Another account's copies, and those of rounds that are over, leave at once. */
export async function tidy(owner) {
  for (const kept of await db.all("kept")) {
    if (kept.owner !== owner || (kept.until && Date.parse(kept.until) <= Date.now())) await remove(kept);
  }
}

export async function forget(owner) {
  for (const kept of await db.all("kept")) if (kept.owner === owner) await remove(kept);
}

async function remove(kept) {
  await caches.delete(kept.id);
  await db.drop("kept", kept.id);
  for (const record of await db.all("ballots")) {
    if (record.owner === kept.owner && record.state === "saved") await db.drop("ballots", record.key);
  }
}

function differs(kept, list) {
  const seats = Object.keys(kept.items);
  const now = new Map(list.items.map((item) => [item.seat, item]));
  const changed = (seat) => now.get(seat)?.version !== kept.items[seat].version || now.get(seat)?.state !== kept.items[seat].state;
  return kept.build !== list.build || kept.until !== list.until || seats.some(changed);
}

async function keepPage(cache, page, owner) {
  const answer = await fetch(page, { credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) {
    await cache.delete(page);
    return null;
  }
  const copy = answer.clone();
  const text = await answer.text();
  const read = new DOMParser().parseFromString(text, "text/html");
  if (read.querySelector("[data-unsent]")?.dataset.unsent !== owner) return null;
  await cache.put(page, copy);
  return { files: filesOf(read), bytes: text.length };
}

/* Pictures, films and attachments of an entry, wherever the page shows them. */
function filesOf(page) {
  const found = [...page.querySelectorAll("main img[src], main video[src], main source[src]")].map((each) => each.getAttribute("src"));
  const linked = [...page.querySelectorAll("main a[href*='/berkas/']")].map((each) => each.getAttribute("href"));
  const inside = [...found, ...linked].map((each) => new URL(each, location.origin)).filter((each) => each.origin === location.origin);
  return [...new Set(inside.map((each) => each.pathname + each.search))];
}

async function keepFile(cache, file) {
  const old = await cache.match(file, { ignoreVary: true });
  const answer = old ?? (await fetch(file, { credentials: "same-origin", redirect: "manual" }));
  if (!answer.ok) return 0;
  if (!old) await cache.put(file, answer.clone());
  return (await answer.blob()).size;
}

async function drop(cache, wanted) {
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!wanted.has(pathname + search)) await cache.delete(request);
  }
}

function count(progress, bytes) {
  progress.done += 1;
  progress.bytes += bytes;
  progress.tell();
}
