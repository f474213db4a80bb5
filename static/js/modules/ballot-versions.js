/* Two versions of one ballot: shown side by side, the juror chooses. The other one is kept in the server's history. */

import { setUnchosen } from "./device-ballots.js";
import { sync } from "./device-sync.js";

export function startVersions(form) {
  const dialog = document.getElementById("dua-versi");
  const show = (detail) => dialog.open || choose(form, dialog, detail);
  form.addEventListener("iv:stale", (event) => setTimeout(() => show(event.detail)));
  if (form.autosave?.otherCopy) show({ local: form.autosave.otherCopy });
}

async function choose(form, dialog, detail) {
  const choice = detail.local ? fromDevice(form, detail.local) : await fromServer(form, detail);
  if (!choice) return;
  if (same(choice)) {
    choice.useMine();
    return;
  }
  for (const row of dialog.querySelectorAll("[data-versions]")) {
    const key = row.dataset.versions;
    row.querySelector("[data-mine]").textContent = words(choice.mine[key]);
    row.querySelector("[data-theirs]").textContent = words(choice.theirs[key]);
    row.classList.toggle("is-different", words(choice.mine[key]) !== words(choice.theirs[key]));
    row.hidden = row.dataset.optional !== undefined && !choice.mine[key] && !choice.theirs[key];
  }
  dialog.querySelector("[data-use=mine]").onclick = () => {
    dialog.close();
    choice.useMine();
  };
  dialog.querySelector("[data-use=theirs]").onclick = () => useTheirs(form, choice.fields);
  dialog.showModal();
}

async function useTheirs(form, fields) {
  const saving = form.autosave;
  saving.stopped = true;
  saving.dirty = false;
  if (form.dataset.owner) await setUnchosen(form, fields).catch(() => {});
  saving.forget();
  saving.dropOtherCopy();
  if (form.dataset.owner) await sync(form.dataset.owner).catch(() => {});
  location.reload();
}

/* The server refused a save: the form is mine, its answer holds theirs. */
async function fromServer(form, { version, current }) {
  const theirs = current ? flat(current) : await ask(form);
  if (!theirs) return null;
  const { fields } = form.autosave.copy();
  return { mine: read(fields), theirs, fields, useMine: () => form.autosave.adopt(version) };
}

/* After signing in again only the new version is known: the page tells what it holds. */
async function ask(form) {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  const fresh = page.getElementById(form.id);
  return fresh ? read(new FormData(fresh).entries()) : null;
}

/* A copy on this device was typed on an older version: the copy is mine, the page holds theirs. */
function fromDevice(form, copy) {
  const useMine = () => {
    write(form, copy.fields);
    form.autosave.dropOtherCopy();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.autosave.adopt(form.dataset.version);
  };
  return { mine: read(copy.fields), theirs: read(new FormData(form).entries()), fields: copy.fields, useMine };
}

function flat({ values, notes, notes_internal, comment_team, comment_internal }) {
  const noted = Object.entries(notes ?? {}).map(([key, note]) => [`note-${key}`, note]);
  const inside = Object.entries(notes_internal ?? {}).map(([key, note]) => [`internal-${key}`, note]);
  return { ...values, ...Object.fromEntries([...noted, ...inside]), comment_team, comment_internal };
}

function read(entries) {
  const found = {};
  for (const [name, value] of entries) {
    if (name.startsWith("nilai-")) found[name.slice(6)] = value;
    if (name.startsWith("catatan-")) found[`note-${name.slice(8)}`] = value;
    if (name.startsWith("dalam-")) found[`internal-${name.slice(6)}`] = value;
    if (name.startsWith("comment_")) found[name] = value;
  }
  return found;
}

function write(form, fields) {
  for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = false;
  for (const [name, value] of fields) {
    const control = form.elements[name];
    if (control && !["csrf_token", "version"].includes(name)) control.value = value;
  }
}

function words(value) {
  if (value === undefined || value === "") return "–";
  return /^[0-9]+([.,][0-9]+)?$/.test(value) ? String(Number(value.replace(",", "."))) : value;
}

function same({ mine, theirs }) {
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return [...keys].every((key) => words(mine[key]) === words(theirs[key]));
}
