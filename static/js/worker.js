/*
 * The service worker: network first; what a juror asked to keep stands in when there is none. It only reads the copies
 * (device-kept.js writes them) and knows nothing else to keep, so a page it never heard of comes from the network as
 * always. BUILD is written above by the server and makes each release a new worker.
 */

const WAIT_MS = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const own = request.method === "GET" && new URL(request.url).origin === self.location.origin;
  if (own && request.destination !== "") event.respondWith(answer(request)); // scripts that ask must hear the server itself
});

async function answer(request) {
  const kept = await find(request);
  if (!kept) return fetch(request);
  if (new URL(request.url).pathname.startsWith("/static/")) return kept; // hashed names: the content never changes
  const live = fetch(request);
  live.catch(() => {});
  try {
    return await Promise.race([live, ...(request.mode === "navigate" ? [later(kept)] : [])]);
  } catch {
    return part(request, kept);
  }
}

/* Only what this device was asked to keep. A round or a filter in the queue's address is still the queue. */
async function find(request) {
  try {
    for (const name of await caches.keys()) {
      if (!name.startsWith("kept:")) continue;
      const cache = await caches.open(name);
      const found = await cache.match(request, { ignoreVary: true, ignoreSearch: request.mode === "navigate" });
      if (found) return found;
    }
  } catch {
    // Storage in trouble: the network answers as if there were no copies.
  }
  return undefined;
}

/* A line that is there but does not answer. */
function later(kept) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(kept), WAIT_MS);
  });
}

/* Players ask for parts of a film. */
async function part(request, kept) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") ?? "");
  if (!range) return kept;
  const whole = await kept.blob();
  const from = Number(range[1]);
  const to = Math.min(range[2] ? Number(range[2]) : Infinity, whole.size - 1);
  const headers = { "Content-Range": `bytes ${from}-${to}/${whole.size}`, "Content-Type": whole.type, "Accept-Ranges": "bytes" };
  return new Response(whole.slice(from, to + 1), { status: 206, headers });
}
