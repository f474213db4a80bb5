/* In the queue: which ballots lie on this device and are not sent. What the server has, its page says itself. */

import { listUnsent } from "./device-ballots.js";

export function start(list) {
  const show = () => mark(list);
  document.addEventListener("iv:device", show);
  show();
}

async function mark(list) {
  const unsent = await listUnsent(list.dataset.whereList).catch(() => []);
  const here = new Map(unsent.filter((record) => record.state !== "unchosen").map((record) => [record.seat, record]));
  for (const place of list.querySelectorAll("[data-where-of]")) {
    place.dataset.server ??= place.textContent;
    const record = here.get(place.dataset.whereOf);
    place.classList.toggle("is-device", Boolean(record));
    const text = record?.handIn ? list.dataset.textQueued : list.dataset.textDevice;
    place.textContent = record ? text : place.dataset.server;
  }
}
