/* Counts down by the server's clock. At zero it says so; the page is reloaded by the reader, never under their hands. */

import { serverNow, settle } from "./server-time.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function start(element) {
  const deadline = Date.parse(element.dataset.countdown);
  if (Number.isNaN(deadline)) return;
  let timer = 0;
  const tick = () => {
    const left = deadline - serverNow();
    if (left <= 0) {
      element.textContent = element.dataset.over;
      element.dispatchEvent(new CustomEvent("iv:deadline", { bubbles: true }));
      return;
    }
    render(element, left);
    clearTimeout(timer);
    timer = setTimeout(tick, left < HOUR ? 1000 : Math.min(left % MINUTE, 15_000) + 50);
  };
  settle().then(tick);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tick());
}

function render(element, left) {
  const values = left >= DAY
    ? { d: left / DAY, h: (left % DAY) / HOUR, m: (left % HOUR) / MINUTE }
    : left >= HOUR
      ? { h: left / HOUR, m: (left % HOUR) / MINUTE }
      : { m: left / MINUTE, s: (left % MINUTE) / 1000 };
  for (const unit of ["d", "h", "m", "s"]) {
    const part = element.querySelector(`[data-unit="${unit}"]`);
    if (!part) continue;
    part.hidden = !(unit in values);
    if (unit in values) part.querySelector("b").textContent = Math.floor(values[unit]);
  }
}
