/*
 * The proposal editor on top of autosave: tells the server which parts were touched, so that two people's work is joined;
 * shows both versions when it cannot be; keeps contents and missing parts up to date; sends files without leaving.
 */

const FILES = /^file-/;

export function start(form) {
  form.proposal = new Proposal(form);
  form.dataset.proposalReady = "";
}

class Proposal {
  constructor(form) {
    this.form = form;
    this.touched = new Set();
    this.field = document.createElement("input");
    this.field.type = "hidden";
    this.field.name = "touched";
    form.prepend(this.field);
    const touch = (event) => this.touch(event.target.name);
    // Before autosave's own listener, which takes the form's state.
    form.addEventListener("input", touch, { capture: true });
    form.addEventListener("change", touch, { capture: true });
    form.addEventListener("iv:saved", (event) => this.saved(event.detail));
    form.addEventListener("iv:stale", (event) => this.stale(event.detail));
    form.addEventListener("iv:restored", () => this.touchAll());
    form.addEventListener("iv:words", (event) => this.count(event.target, event.detail));
    form.addEventListener("change", (event) => event.target.dataset?.upload && this.upload(event.target));
    form.querySelectorAll("[data-upload-button]").forEach((button) => { button.hidden = true; });
    if (form.elements.namedItem("kept_form")) this.touchAll(); // found again after signing in: all of it is the writer's
    if (form.autosave?.otherCopy) this.stale({ local: form.autosave.otherCopy });
  }

  touch(name) {
    if (!name || FILES.test(name) || name === "touched") return;
    this.touched.add(name);
    this.field.value = [...this.touched].join(",");
  }

  touchAll() {
    for (const name of partNames(this.form)) this.touch(name);
  }

  saved({ merged = {}, progress = {}, missing = null, eligibility = "" }) {
    if (!this.form.autosave.dirty) {
      this.touched.clear();
      this.field.value = "";
    }
    for (const [name, value] of Object.entries(merged)) write(this.form, name, value);
    this.showProgress(progress);
    if (missing) this.showMissing(missing);
    const rules = document.querySelector("[data-eligibility]");
    if (rules && eligibility) rules.innerHTML = eligibility; // escaped by the server's own template
  }

  /* ---- contents and what is missing ---- */

  showProgress(progress) {
    for (const [anchor, state] of Object.entries(progress)) {
      const link = document.querySelector(`[data-toc] a[href="#${CSS.escape(anchor)}"]`);
      if (!link) continue;
      link.classList.toggle("is-over", state === "bad");
      link.querySelector(".iv-dot").className = `iv-dot${state === "empty" ? "" : ` is-${state}`}`;
    }
    const label = document.querySelector("[data-toc-done]");
    const states = Object.values(progress);
    if (label && states.length) {
      const done = states.filter((state) => state === "full").length;
      label.textContent = label.dataset.text.replace("{done}", done).replace("{total}", states.length);
    }
  }

  showMissing(missing) {
    const list = document.querySelector("[data-missing]");
    list.replaceChildren(...missing.map(({ anchor, text }) => item(anchor, text)));
    document.querySelector("[data-missing-none]").hidden = missing.length > 0;
    const note = document.querySelector("[data-missing-note]");
    note.textContent = missing.length ? note.dataset.text.replace("{count}", missing.length) : note.dataset.textNone;
  }

  count(field, { used, limit }) {
    const note = document.querySelector(`[data-toc] a[href="#${CSS.escape(field.id)}"] small`);
    if (note?.textContent) note.textContent = `${used}/${limit}`;
  }

  /* ---- two versions ---- */

  stale(detail) {
    if (detail.local) this.staleDevice(detail.local);
    else if (detail.current) this.staleServer(detail);
    else this.form.autosave.adopt(this.form.autosave.version); // ask again: the server joins part by part
  }

  /* Someone saved the same part first. What only they changed is taken over at once. */
  staleServer({ version, by, conflicts = [], current = {} }) {
    for (const [name, value] of Object.entries(current)) {
      if (!conflicts.includes(name) && !this.touched.has(name)) write(this.form, name, value);
    }
    const parts = conflicts.map((name) => ({ name, mine: read(this.form, name), theirs: current[name] }));
    const text = (data) => data.server.replace("{name}", by || "?");
    this.choose(parts, text, () => this.form.autosave.adopt(version));
  }

  /* This device holds text typed on an older version that never reached the server. */
  staleDevice({ fields }) {
    const local = new Map();
    for (const [name, value] of fields) local.set(name, [...(local.get(name) ?? []), value]);
    const mineOnly = (local.get("touched")?.[0] ?? "").split(",").filter(Boolean);
    const parts = partNames(this.form)
      .filter((name) => local.has(name) && (mineOnly.length === 0 || mineOnly.includes(name)))
      .map((name) => ({ name, mine: shape(read(this.form, name), local.get(name)), theirs: read(this.form, name) }))
      .filter(({ mine, theirs }) => flat(mine) !== flat(theirs));
    const { autosave } = this.form;
    const settle = () => {
      autosave.dropOtherCopy();
      return autosave.adopt(autosave.version);
    };
    if (parts.length === 0) settle();
    else this.choose(parts, (data) => data.device, settle);
  }

  choose(parts, text, done) {
    const dialog = document.querySelector("[data-conflict]");
    const words = dialog.querySelector("[data-conflict-text]");
    words.textContent = text(words.dataset);
    const boxes = parts.map((part, index) => this.box(part, index));
    dialog.querySelector("[data-conflict-parts]").replaceChildren(...boxes);
    dialog.querySelector("[data-conflict-ok]").onclick = () => {
      parts.forEach((part, index) => {
        const mine = boxes[index].querySelector("input:checked").value === "mine";
        write(this.form, part.name, mine ? part.mine : part.theirs);
        this.touch(part.name);
      });
      dialog.close();
      done();
    };
    dialog.showModal();
  }

  box({ name, mine, theirs }, index) {
    const box = document.querySelector("[data-conflict-part]").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-label]").textContent = labelOf(this.form, name);
    box.querySelector("[data-mine]").textContent = flat(mine);
    box.querySelector("[data-theirs]").textContent = flat(theirs);
    box.querySelectorAll("input").forEach((input) => {
      input.name = `bentrok-${index}`;
      input.id = `bentrok-${index}-${input.value}`;
      input.nextElementSibling.htmlFor = input.id;
    });
    return box;
  }

  /* ---- files ---- */

  async upload(input) {
    const file = input.files[0];
    if (!file) return;
    if (file.size > Number(input.dataset.maxBytes)) {
      toast(input.dataset.tooLarge, "error");
      input.value = "";
      return;
    }
    await settled(this.form.autosave);
    const data = new FormData(this.form);
    data.set("version", this.form.autosave?.version ?? data.get("version"));
    data.set("action", input.dataset.upload);
    const bar = progressBar(input);
    try {
      this.take(await send(location.pathname, data, bar), input.closest("[data-files]").id);
    } catch {
      // Let the browser do it: it shows the page that says what went wrong.
      const button = input.closest("[data-files]").querySelector("[data-upload-button]");
      button.hidden = false;
      this.form.requestSubmit(button);
    }
  }

  take(html, id) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const fresh = page.getElementById(id);
    const form = page.getElementById(this.form.id);
    if (!fresh || !form) throw new Error("not the editor");
    fresh.querySelectorAll("[data-upload-button]").forEach((button) => { button.hidden = true; });
    document.getElementById(id).replaceWith(fresh);
    fresh.focus();
    if (this.form.autosave) this.form.autosave.version = form.dataset.version;
    this.form.elements.version.value = form.elements.version.value;
    for (const part of ["[data-toc] .iv-toc", "[data-missing]", "[data-eligibility]"]) {
      const old = document.querySelector(part);
      if (old) old.innerHTML = page.querySelector(part).innerHTML;
    }
    page.querySelectorAll("[data-toasts] .iv-toast").forEach((message) => {
      toast(message.querySelector("[data-toast-text]").textContent, message.matches(".is-error") ? "error" : "");
    });
  }
}

function send(url, data, bar) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", () => {
      bar.remove();
      if (request.status === 200) resolve(request.responseText);
      else reject(new Error(String(request.status)));
    });
    request.open("POST", url);
    request.send(data);
  });
}

async function settled(autosave) {
  if (!autosave) return;
  await autosave.flush();
  while (autosave.sending) await new Promise((resolve) => { setTimeout(resolve, 50); });
}

function progressBar(input) {
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  input.after(bar);
  return bar;
}

function item(anchor, text) {
  const row = document.createElement("li");
  if (!anchor) {
    row.textContent = text;
    return row;
  }
  const link = document.createElement("a");
  link.href = `#${anchor}`;
  link.textContent = text;
  row.append(link);
  return row;
}

/* ---- parts of the form: a text, or a list of ticked boxes ---- */

function partNames(form) {
  const names = new Set();
  for (const element of form.elements) {
    if (/^(title|group|track|f-.+)$/.test(element.name)) names.add(element.name);
  }
  return [...names];
}

function controls(form, name) {
  return [...form.elements].filter((element) => element.name === name && element.type !== "hidden");
}

function read(form, name) {
  const found = controls(form, name);
  if (found[0]?.type === "checkbox") return found.filter((box) => box.checked).map((box) => box.value);
  return found[0]?.value ?? "";
}

function write(form, name, value) {
  for (const control of controls(form, name)) {
    if (control.type === "checkbox") control.checked = value.includes(control.value);
    else control.value = value;
    control.dispatchEvent(new CustomEvent("iv:written", { bubbles: true }));
  }
}

function shape(like, values) {
  return Array.isArray(like) ? values.filter(Boolean) : values[0];
}

function flat(value) {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

function labelOf(form, name) {
  const label = form.querySelector(`label[for="${CSS.escape(name)}"], #${CSS.escape(name)} > legend`);
  return label?.firstChild?.textContent.trim() ?? name;
}

function toast(text, kind) {
  document.dispatchEvent(new CustomEvent("iv:toast", { detail: { text, kind } }));
}
