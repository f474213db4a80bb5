/*
 * The scorecard: running total, the criterion in hand, keyboard, and two versions to choose from; autosave.js saves it.
 * Without this the card is an ordinary form; nothing here decides what counts.
 */

import { startKeys } from "./ballot-keys.js";
import { startHandIn } from "./ballot-hand-in.js";
import { startVersions } from "./ballot-versions.js";
import { describe, showTotal, valueOf } from "./ballot-sum.js";

export function start(form) {
  const card = new Scorecard(form);
  startVersions(form);
  startKeys(card);
  startHandIn(card);
  card.refresh();
  form.dataset.ballotReady = "";
}

class Scorecard {
  constructor(form) {
    this.form = form;
    this.criteria = [...form.querySelectorAll("[data-criterion]")];
    this.parts = [...form.querySelectorAll(".iv-crits > [id]")];
    this.chips = new Map([...form.querySelectorAll(".iv-chips a")].map((chip) => [chip.hash.slice(1), chip]));
    this.pane = form.querySelector(".iv-crits");
    this.next = form.querySelector("[data-next-criterion]");
    this.handIn = form.querySelector("[data-hand-in]");
    this.here = this.criteria.find((part) => part.classList.contains("is-here")) ?? this.parts[0];
    this.listen();
    this.go(this.here, { focus: false });
  }

  listen() {
    this.form.addEventListener("input", () => this.refresh());
    this.form.addEventListener("change", () => this.refresh());
    this.form.addEventListener("focusin", (event) => this.mark(event.target.closest(".iv-crits > [id]")));
    this.next.addEventListener("click", () => this.go(this.firstOpen() ?? this.step(1)));
    this.chips.forEach((chip, id) => chip.addEventListener("click", (event) => {
      event.preventDefault();
      this.go(document.getElementById(id));
    }));
    this.pane.addEventListener("scroll", () => this.swiped(), { passive: true });
    this.form.addEventListener("iv:saved", (event) => {
      this.form.elements.version.value = event.detail.version;
    });
    this.form.addEventListener("iv:restored", () => {
      this.form.elements.version.value = this.form.dataset.version;
      this.refresh();
    });
  }

  refresh() {
    for (const part of this.criteria) {
      const value = valueOf(part);
      const chip = this.chips.get(part.id);
      describe(part, value);
      chip?.classList.toggle("is-past", value !== null);
      const digits = chip?.querySelector("[data-chip]");
      if (digits) digits.textContent = value === null ? "·" : String(value).replace(".", comma());
    }
    const complete = showTotal(this.form, this.criteria);
    this.next.hidden = complete;
    this.handIn.hidden = !complete;
  }

  firstOpen() {
    const at = this.criteria.indexOf(this.here);
    const order = [...this.criteria.slice(at + 1), ...this.criteria.slice(0, at + 1)];
    return order.find((part) => valueOf(part) === null);
  }

  step(by) {
    const at = this.parts.indexOf(this.here);
    return this.parts[Math.min(Math.max(at + by, 0), this.parts.length - 1)];
  }

  go(part, { focus = true } = {}) {
    if (!part) return;
    this.mark(part);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const sideways = this.pane.scrollWidth > this.pane.clientWidth + 1;
    if (sideways) this.pane.scrollTo({ left: part.offsetLeft - this.pane.offsetLeft, behavior: still ? "auto" : "smooth" });
    else part.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    if (focus) focusable(part)?.focus({ preventScroll: true });
  }

  mark(part) {
    if (!part) return;
    this.here = part;
    for (const each of this.parts) each.classList.toggle("is-here", each === part && part.matches("[data-criterion]"));
    this.chips.forEach((chip, id) => (id === part.id ? chip.setAttribute("aria-current", "true") : chip.removeAttribute("aria-current")));
  }

  /* On a phone a swipe moves the criterion in hand. */
  swiped() {
    if (this.pane.scrollWidth <= this.pane.clientWidth + 1) return;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const at = Math.round(this.pane.scrollLeft / this.pane.clientWidth);
      const part = [...this.pane.children].filter((child) => child.id)[at];
      if (part && part !== this.here && !part.contains(document.activeElement)) this.mark(part);
    }, 90);
  }
}

function focusable(part) {
  return part.querySelector("input:checked") ?? part.querySelector("input, textarea");
}

function comma() {
  return document.documentElement.lang === "id" ? "," : ".";
}
