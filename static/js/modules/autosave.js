/*
 * Autosave for long forms: nothing that was typed may be lost.
 *
 *   <form data-autosave="URL" data-version="3" data-draft-key="idea:17:user:4" …texts…>
 *     <span data-autosave-status class="iv-saved" role="status"></span>
 *
 * Sends the serialized form (with `version`) to URL; one request at a time, the newest state last.
 * Answers: 200 {"saved_at": "10.42", "version": 4} · 409 {"version": 7, …} someone saved in between ·
 * 401 the session ended · 4xx with {"errors": …} refused · anything else or no network: try again later.
 * Until the server acknowledges, the state also lies in localStorage under the draft key; the next visit puts it back.
 * A copy typed on another version is never written over: it waits in `form.autosave.otherCopy` ({at, version, fields}).
 * An ended session or an outdated token is renewed from the page itself once the reader has signed in again.
 *
 * Events on the form (bubbling): iv:saved {detail: answer and savedAt}, iv:stale {detail: answer}, iv:refused {detail: answer},
 * iv:expired, iv:restored {detail: {savedAt}}. Call `form.autosave.flush()` to save now,
 * `form.autosave.adopt(version)` after a conflict was resolved, `form.autosave.dropOtherCopy()` when it is not wanted.
 */

const QUIET_MS = 800;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 60_000;

export function start(form) {
  form.autosave = new Autosave(form);
  form.dataset.autosaveReady = "";
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-autosave-status]") ?? document.querySelector("[data-autosave-status]");
    this.version = form.dataset.version ?? "";
    this.key = form.dataset.draftKey ? `innovate:${form.dataset.draftKey}` : null;
    this.dirty = false;
    this.sending = false;
    this.stopped = false;
    this.ended = false;
    this.renewed = false;
    this.otherCopy = null;
    this.retryMs = FIRST_RETRY_MS;
    this.timer = 0;
    this.listen();
    this.restore();
    // A text found again after signing in is not stored yet.
    if (form.elements.namedItem("kept_form")) this.changed();
  }

  listen() {
    const later = () => this.changed();
    this.form.addEventListener("input", later);
    this.form.addEventListener("change", later);
    this.form.addEventListener("submit", () => clearTimeout(this.timer));
    window.addEventListener("online", () => this.dirty && this.flush());
    window.addEventListener("focus", () => this.ended && this.renew());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty) this.flush({ keepalive: true });
      if (document.visibilityState === "visible" && this.ended) this.renew();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.dirty && !this.key) event.preventDefault();
    });
  }

  changed() {
    this.dirty = true;
    this.remember();
    if (!this.stopped) this.schedule(QUIET_MS);
  }

  schedule(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), delay);
  }

  async flush({ keepalive = false } = {}) {
    clearTimeout(this.timer);
    if (this.sending || this.stopped || !this.dirty) return;
    this.sending = true;
    this.dirty = false;
    this.say("saving", "is-busy");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: this.state(),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        credentials: "same-origin",
        redirect: "manual",
        keepalive,
      });
      await this.take(answer);
    } catch {
      this.again();
    } finally {
      this.sending = false;
      if (this.dirty && !this.stopped && this.retryMs === FIRST_RETRY_MS) this.schedule(QUIET_MS);
    }
  }

  async take(answer) {
    if (answer.ok) return this.saved(await answer.json());
    if (answer.status === 409) return this.conflict(await body(answer));
    if (answer.status === 401 || answer.type === "opaqueredirect") return this.expired();
    if ([400, 403, 404, 413, 422].includes(answer.status)) return this.refusedOrOld(await body(answer));
    return this.again();
  }

  saved(answer) {
    const { saved_at: savedAt, version } = answer;
    this.version = this.form.dataset.version = String(version);
    this.retryMs = FIRST_RETRY_MS;
    this.renewed = false;
    if (!this.dirty) this.forget();
    this.say("saved", "", { time: savedAt });
    this.emit("iv:saved", { ...answer, savedAt });
  }

  again() {
    this.dirty = true;
    this.say("retrying", "is-waiting");
    this.schedule(this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  conflict(answer) {
    this.dirty = true;
    this.stopped = true;
    this.say("stale", "is-stale");
    this.emit("iv:stale", answer);
  }

  /* A token outlives its hour on long texts: fetch a new one, once. */
  refusedOrOld(answer) {
    if (answer.error !== "csrf" || this.renewed) return this.refused(answer);
    this.dirty = true;
    return this.renew();
  }

  refused(answer) {
    this.dirty = true;
    this.say("refused", "is-lost", { message: answer.message ?? "" });
    this.emit("iv:refused", answer);
  }

  expired() {
    this.dirty = true;
    this.stopped = true;
    this.ended = true;
    this.say("expired", "is-lost");
    const { signIn, signInText } = this.form.dataset;
    if (this.status && signIn) {
      const link = document.createElement("a");
      link.href = signIn;
      link.target = "_blank";
      link.textContent = signInText;
      this.status.append(" ", link);
    }
    this.emit("iv:expired", {});
  }

  /* Reads the page again for its token and version; goes on only if nobody saved in between. */
  async renew() {
    this.renewed = true;
    const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect" || answer?.status === 401) return this.expired();
    if (!answer?.ok) return this.again();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`form[data-autosave="${CSS.escape(this.form.dataset.autosave)}"]`);
    if (!fresh) return this.refused({});
    const token = fresh.elements.namedItem("csrf_token");
    if (token) this.form.elements.namedItem("csrf_token").value = token.value;
    this.ended = false;
    if (fresh.dataset.version !== this.version) {
      this.conflict({ version: fresh.dataset.version });
      return;
    }
    this.stopped = false;
    this.schedule(0);
  }

  /* After the reader chose between two versions. */
  adopt(version) {
    this.version = this.form.dataset.version = String(version);
    this.stopped = false;
    this.dirty = true;
    return this.flush();
  }

  state() {
    const data = new FormData(this.form);
    for (const [name, value] of [...data.entries()]) {
      if (value instanceof File) data.delete(name);
    }
    data.set("version", this.version);
    return data;
  }

  /* ---- the copy on this device ---- */

  remember() {
    if (!this.key) return;
    const fields = [...this.state().entries()].filter(([name]) => name !== "csrf_token" && name !== "version");
    store(this.key, JSON.stringify({ at: Date.now(), version: this.version, fields }));
  }

  forget() {
    if (this.key) store(this.key, null);
  }

  /* A copy is put back only on top of the version it was typed on; otherwise the reader decides. */
  restore() {
    if (!this.key) return;
    const copy = read(this.key);
    const differs = copy && fill(this.form, copy.fields, { write: false });
    if (copy && !differs) this.forget();
    if (differs && String(copy.version) === this.version) this.putBack(copy);
    else if (differs) this.setAside(copy);
    this.otherCopy = read(`${this.key}:other`);
    if (this.otherCopy) {
      this.say("stale", "is-stale");
      this.emit("iv:stale", { local: this.otherCopy });
    }
  }

  putBack(copy) {
    fill(this.form, copy.fields, { write: true });
    this.dirty = true;
    this.emit("iv:restored", { savedAt: new Date(copy.at) });
    this.schedule(0);
  }

  setAside(copy) {
    store(`${this.key}:other`, JSON.stringify(copy));
    this.forget();
  }

  dropOtherCopy() {
    store(`${this.key}:other`, null);
    this.otherCopy = null;
  }

  say(what, mood, values = {}) {
    if (!this.status) return;
    const text = this.form.dataset[`text${what[0].toUpperCase()}${what.slice(1)}`] ?? "";
    this.status.className = `iv-saved ${mood}`.trim();
    this.status.textContent = text.replace("{time}", values.time ?? "").replace("{message}", values.message ?? "");
    if (what === "saved") this.status.prepend(mark());
  }

  emit(name, detail) {
    this.form.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

function mark() {
  const icon = document.createElement("span");
  icon.className = "i i-check";
  icon.setAttribute("aria-hidden", "true");
  return icon;
}

async function body(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

/* Compares the form with a copy, or writes the copy into it; true if anything differs. */
function fill(form, fields, { write }) {
  const wanted = new Map();
  for (const [name, value] of fields) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  let differed = false;
  for (const element of form.elements) {
    if (!element.name || ["csrf_token", "version"].includes(element.name)) continue;
    if (["file", "submit", "button", "hidden", "fieldset"].includes(element.type)) continue;
    differed = put(element, wanted.get(element.name) ?? [], write) || differed;
  }
  return differed;
}

function put(element, values, write) {
  if (element.type === "checkbox" || element.type === "radio") {
    const checked = values.includes(element.value);
    const differs = element.checked !== checked;
    if (write) element.checked = checked;
    return differs;
  }
  if (element.type === "select-multiple") {
    const differs = [...element.options].some((option) => option.selected !== values.includes(option.value));
    if (write) for (const option of element.options) option.selected = values.includes(option.value);
    return differs;
  }
  // Several fields of one name are consumed in their order.
  const value = values.shift() ?? "";
  const differs = plain(element.value) !== plain(value);
  if (write) element.value = value;
  return differs;
}

/* The server trims and has its own line ends; that is no difference. */
function plain(text) {
  return text.replaceAll("\r\n", "\n").trim();
}

function store(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Private windows and full disks have no copy; the server still has everything acknowledged.
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
