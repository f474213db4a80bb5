/* The server's clock decides. Its time stands in <html data-now>; a page out of a cache asks again. */

const root = document.documentElement;
const SUSPECT_MS = 90_000;
let offset = guess();
let asked = null;
let best = Infinity;

export function serverNow() {
  return Date.now() + offset;
}

/* Takes the server's instant out of an answer. Of several the quickest answer is the most exact; one that differs by
   more than its own delay explains means that a clock was set. */
export function hear(server, asked, answered) {
  const heard = server - (asked + answered) / 2;
  const doubt = (answered - asked) / 2;
  if (doubt > best && Math.abs(heard - offset) <= doubt + 250) return;
  offset = heard;
  best = doubt;
}

/* Resolves once the offset is trustworthy: at once when both clocks agree, after one HEAD request otherwise. */
export function settle() {
  if (root.dataset.now && Math.abs(offset) < SUSPECT_MS) return Promise.resolve();
  asked ??= ask();
  return asked;
}

function guess() {
  const now = Date.parse(root.dataset.now ?? "");
  if (Number.isNaN(now)) return 0;
  const [page] = performance.getEntriesByType("navigation");
  const arrived = page ? performance.timeOrigin + page.responseStart : Date.now();
  return now - arrived;
}

async function ask() {
  const url = root.dataset.timeSource;
  if (!url) return;
  try {
    const started = Date.now();
    const answer = await fetch(url, { method: "HEAD", cache: "no-store" });
    const date = Date.parse(answer.headers.get("Date") ?? "");
    if (!Number.isNaN(date)) offset = date + 500 - (started + Date.now()) / 2;
  } catch {
    // Without network the guess stays.
  }
}
