/* The operator's console: presses without leaving the page, keys, and the part that other hands may have changed.
   Without this the console is a page of ordinary buttons. */

import { start as startLive } from "./pitch-live.js";
import { follow } from "./pitch-feed.js";

const REFRESH_MS = 3000;
const KEYS = { n: ["next"], t: ["team"], u: ["undo"], r: ["reset"], l: ["lock"], " ": ["start", "pause", "resume"] };

export function start(frame) {
  new Console(frame);
}

class Console {
  constructor(frame) {
    this.frame = frame;
    this.tag = "";
    this.busy = false;
    const state = JSON.parse(frame.querySelector("[data-state]").dataset.state);
    this.feed = follow(frame.dataset.watch, state, (now) => this.shown !== now.version && this.refresh());
    document.addEventListener("submit", (event) => this.submit(event));
    document.addEventListener("keydown", (event) => this.key(event));
    setInterval(() => document.visibilityState === "visible" && this.refresh(), REFRESH_MS);
    frame.dataset.ready = "";
  }

  get shown() {
    return Number(this.frame.querySelector("[data-version]").dataset.version);
  }

  submit(event) {
    if (event.target.id !== "tekan" && event.target.id !== "kunci") return;
    event.preventDefault();
    this.send(event.target, event.submitter);
  }

  async send(form, button) {
    if (this.busy || !button) return;
    this.busy = true;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(button.getAttribute("formaction") ?? form.action, {
        method: "POST",
        body: new FormData(form, button),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      const body = await answer.json();
      if (body.phase) this.feed.put(body);
      if (body.message) toast(body.message, answer.ok ? "" : "error");
      if (answer.status === 401) location.reload();
    } catch {
      toast(this.frame.dataset.lost, "error");
    }
    this.busy = false;
    button.removeAttribute("aria-busy");
    await this.refresh({ anyway: true });
  }

  key(event) {
    const typing = event.target.closest("input, textarea, select, summary, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === " " && event.target.closest("a, button")) return; // there a space presses what has the focus
    const names = KEYS[event.key.toLowerCase()] ?? [];
    const button = names.map((name) => this.frame.querySelector(`[data-press="${name}"]`)).find(Boolean);
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  }

  /* Somebody who is typing a reason keeps the field under their hands. */
  async refresh({ anyway = false } = {}) {
    const typing = this.frame.querySelector("input:focus");
    if (this.busy || (typing && !anyway)) return;
    const headers = this.tag ? { "If-None-Match": this.tag } : {};
    const answer = await fetch(this.frame.dataset.pitchConsole, { headers, cache: "no-store", credentials: "same-origin", redirect: "error" }).catch(() => null);
    if (answer?.status !== 200) return;
    this.tag = answer.headers.get("ETag") ?? "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(".iv-console");
    if (!fresh) return;
    const focused = document.activeElement?.dataset?.press;
    const reason = this.frame.querySelector("#alasan-buka")?.value ?? "";
    this.frame.querySelector(".iv-console").replaceWith(fresh);
    const field = fresh.querySelector("#alasan-buka");
    if (field && !field.value) field.value = reason;
    if (focused) fresh.querySelector(`[data-press="${focused}"]`)?.focus();
    fresh.querySelectorAll("[data-pitch]").forEach((part) => startLive(part));
  }
}

function toast(text, kind) {
  document.dispatchEvent(new CustomEvent("iv:toast", { detail: { text, kind } }));
}
