/*
 * Where a juror was reading, and for how long. Both lie on this device; the time goes along with the next save.
 * Time counts while the page is in view and its reader has done something in the last two minutes.
 */

const TICK_MS = 5000;
const AWAY_MS = 120_000;
const PARTS = "main [data-place], main .iv-entry-part";

export function start(mark) {
  const key = `innovate:reading:${mark.dataset.reading}`;
  const kept = read(key);
  const field = document.querySelector("[data-read-seconds]");
  let seconds = Math.max(Number(mark.dataset.seconds), kept.seconds ?? 0);
  let active = Date.now();
  let waiting = 0;
  const tell = () => {
    if (field) field.value = String(Math.floor(seconds));
  };
  const keep = () => write(key, { seconds, ...where() });
  for (const name of ["scroll", "pointerdown", "pointermove", "keydown"]) {
    window.addEventListener(name, () => (active = Date.now()), { passive: true });
  }
  window.addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 250);
  }, { passive: true });
  setInterval(() => {
    if (document.visibilityState !== "visible" || Date.now() - active > AWAY_MS) return;
    seconds += TICK_MS / 1000;
    tell();
    keep();
  }, TICK_MS);
  window.addEventListener("pagehide", keep);
  tell();
  if (kept.part !== undefined && !location.hash) back(kept);
  mark.dataset.readingReady = "";
}

/* The part under the top edge, and how much of it is above: holds on any width. */
function where() {
  if (window.scrollY < 40) return {};
  const parts = [...document.querySelectorAll(PARTS)];
  const part = parts.findLastIndex((each) => each.getBoundingClientRect().top <= edge());
  if (part < 0) return {};
  const box = parts[part].getBoundingClientRect();
  return { part, share: box.height ? (edge() - box.top) / box.height : 0 };
}

function back({ part, share }) {
  const place = document.querySelectorAll(PARTS)[part];
  if (!place) return;
  const box = place.getBoundingClientRect();
  window.scrollTo({ top: window.scrollY + box.top + box.height * share - edge(), behavior: "instant" });
}

function edge() {
  return document.querySelector("header")?.getBoundingClientRect().bottom ?? 0;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // No room: the reader begins at the top.
  }
}
