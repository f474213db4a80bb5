/* What could not be sent before a round closed stays on this device and is shown; what was handed in is forgotten. */

import { forgetCopy } from "./ballot.js";

export function start(box) {
  const key = box.dataset.ballotLeft;
  if (box.dataset.done !== undefined) {
    forgetCopy(key);
    return;
  }
  const copy = read(key);
  if (!copy) return;
  const list = box.querySelector("dl");
  for (const [name, value] of copy.fields) {
    const label = box.querySelector(`template[data-for="${name}"]`)?.dataset.label;
    if (!label || !value) continue;
    const row = document.createElement("div");
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = label;
    text.textContent = value;
    row.append(term, text);
    list.append(row);
  }
  box.hidden = list.children.length === 0;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(`innovate:${key}`) ?? "null");
  } catch {
    return null;
  }
}
