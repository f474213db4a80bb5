/*
 * Autosave for long forms: nothing that was typed may be lost.
 *
 *   <form data-autosave="URL" data-version="3" data-draft-key="idea:17:user:4" …texts…>
 *     <span data-autosave-status class="iv-saved" role="status"></span>
 *
 * Sends the serialized form (with `version`) to URL; one request at a time, the newest state last.
 * Answers: 200 {"saved_at": "10.42", "version": 4} · 409 {"version": 7, …} someone saved in between ·
 * 401 the session ended · 4xx with {"errors": …} refused · anything else or no network: try again later.
 * Until the server acknowledges, the state also lies on this device under the draft key (copies.js); the next visit puts
 * it back. `form.autosave.handIn()` sends to data-hand-in-url instead, and keeps at it until the server has taken it.
 * A copy typed on another version is never written over: it waits in `form.autosave.otherCopy` ({at, version, fields}).
 * An ended session or an outdated token is renewed from the page itself once the reader has signed in again.
 *
 * Events on the form (bubbling): iv:saved {detail: answer and savedAt}, iv:stale {detail: answer}, iv:refused {detail: answer},
 * iv:handed-in {detail: answer}, iv:expired, iv:restored {detail: {savedAt}}. Call `form.autosave.flush()` to save now,
 * `form.autosave.adopt(version)` after a conflict was resolved, `form.autosave.dropOtherCopy()` when it is not wanted.
 */

import { copiesOf, local } from "./copies.js";
import { fill } from "./form-copy.js";

const QUIET_MS = 800;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 60_000;

export async function start(form) {
  form.autosave = new Autosave(form);
  await form.autosave.restore();
  // A text found again after signing in is not stored yet.
  if (form.elements.namedItem("kept_form")) form.autosave.changed();
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
    this.copies = local;
    this.handing = false;
    this.stale = null;
    this.retryMs = FIRST_RETRY_MS;
    this.timer = 0;
    this.listen();
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
    this.handing = false;
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
    const handing = this.handing;
    if (this.retryMs === FIRST_RETRY_MS) this.say("saving", "is-busy");
    try {
      const answer = await fetch(handing ? this.form.dataset.handInUrl : this.form.dataset.autosave, {
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
      if (this.dirty && !this.stopped && this.retryMs === FIRST_RETRY_MS) this.schedule(this.handing ? 0 : QUIET_MS);
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
    if (answer.submitted) return this.handedIn(answer);
    if (!this.dirty) this.settle();
    this.say("saved", "", { time: savedAt });
    this.emit("iv:saved", { ...answer, savedAt });
  }

  /* The form is complete: it goes to be handed in, now or as soon as there is a network. */
  handIn() {
    this.handing = true;
    this.dirty = true;
    this.remember();
    if (!this.stopped && !this.sending) return this.flush();
    return undefined;
  }

  handedIn(answer) {
    this.stopped = true;
    if (!this.dirty) this.forget(); // what was typed since stays here and asks later
    this.emit("iv:handed-in", answer);
  }

  again() {
    this.dirty = true;
    const { textDevice } = this.form.dataset;
    if (textDevice && this.copies !== local) this.say(this.handing ? "queued" : "device", "is-waiting");
    else this.say("retrying", "is-waiting");
    this.schedule(this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  conflict(answer) {
    this.dirty = true;
    this.handing = false;
    this.stopped = true;
    this.stale = answer;
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
    this.handing = false;
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
    this.stale = null;
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

  copy() {
    const fields = [...this.state().entries()].filter(([name]) => !["csrf_token", "version", "dibaca"].includes(name));
    return { at: Date.now(), version: this.version, fields, handIn: this.handing };
  }

  remember() {
    if (this.key) this.copies.write(this.key, this.copy());
  }

  forget() {
    if (this.key) this.copies.drop(this.key);
  }

  /* The server has all of it. */
  settle() {
    if (this.key) this.copies.settle(this.key, this.copy());
  }

  /* A copy is put back only on top of the version it was typed on; otherwise the reader decides. */
  async restore() {
    if (!this.key) return;
    this.copies = await copiesOf(this.form);
    const copy = await this.copies.read(this.key);
    if (copy?.state === "saved") this.catchUp(copy);
    else if (copy) this.takeUp(copy);
    this.otherCopy = await this.copies.read(`${this.key}:other`);
    if (this.otherCopy) {
      this.say("stale", "is-stale");
      this.emit("iv:stale", { local: this.otherCopy });
    }
  }

  takeUp(copy) {
    const differs = fill(this.form, copy.fields, { write: false });
    const sameVersion = String(copy.version) === this.version;
    if (!differs && !copy.handIn) this.forget();
    else if (sameVersion && !this.dirty) this.putBack(copy);
    else if (differs) this.setAside(copy);
    else this.forget();
  }

  /* A page kept for offline use may be older than what this device has sent since. */
  catchUp(copy) {
    if (this.dirty || Number(copy.version) <= Number(this.version)) return;
    fill(this.form, copy.fields, { write: true });
    this.version = this.form.dataset.version = String(copy.version);
    this.emit("iv:restored", { savedAt: new Date(copy.at) });
  }

  putBack(copy) {
    fill(this.form, copy.fields, { write: true });
    this.dirty = true;
    this.handing = Boolean(copy.handIn);
    this.emit("iv:restored", { savedAt: new Date(copy.at) });
    this.schedule(0);
  }

  setAside(copy) {
    this.copies.write(`${this.key}:other`, { ...copy, state: "asks", handIn: false });
    this.forget();
  }

  dropOtherCopy() {
    this.copies.drop(`${this.key}:other`);
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
