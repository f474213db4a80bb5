/* Two versions of one ballot: shown side by side, the juror chooses. */

export function startVersions(form) {
  const dialog = document.getElementById("dua-versi");
  form.addEventListener("iv:stale", (event) => setTimeout(() => open(form, dialog, event.detail)));
}

function open(form, dialog, detail) {
  const choice = detail.local ? fromDevice(form, detail.local) : fromServer(form, detail);
  if (same(choice)) {
    choice.useMine();
    return;
  }
  for (const row of dialog.querySelectorAll("[data-versions]")) {
    const key = row.dataset.versions;
    row.querySelector("[data-mine]").textContent = show(choice.mine[key]);
    row.querySelector("[data-theirs]").textContent = show(choice.theirs[key]);
    row.classList.toggle("is-different", show(choice.mine[key]) !== show(choice.theirs[key]));
  }
  dialog.querySelector("[data-use=mine]").onclick = () => {
    dialog.close();
    choice.useMine();
  };
  dialog.querySelector("[data-use=theirs]").onclick = () => {
    form.autosave.stopped = true;
    form.autosave.dirty = false;
    form.autosave.forget();
    location.reload();
  };
  dialog.showModal();
}

/* The server refused a save: the form is mine, its answer holds theirs. */
function fromServer(form, { version, current }) {
  const theirs = { ...current.values, comment_team: current.comment_team, comment_internal: current.comment_internal };
  return { mine: read(new FormData(form).entries()), theirs, useMine: () => form.autosave.adopt(version) };
}

/* A copy on this device was typed on an older version: the copy is mine, the page holds theirs. */
function fromDevice(form, copy) {
  const useMine = () => {
    write(form, copy.fields);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.autosave.adopt(form.dataset.version);
  };
  return { mine: read(copy.fields), theirs: read(new FormData(form).entries()), useMine };
}

function read(entries) {
  const found = {};
  for (const [name, value] of entries) {
    if (name.startsWith("nilai-")) found[name.slice(6)] = value;
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

function show(value) {
  if (value === undefined || value === "") return "–";
  return /^[0-9]+([.,][0-9]+)?$/.test(value) ? String(Number(value.replace(",", "."))) : value;
}

function same({ mine, theirs }) {
  const keys = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  return [...keys].every((key) => show(mine[key]) === show(theirs[key]));
}
