/* The stage of an awards evening: puts one <template> after the other on, by key, button or clicker. Needs no network. */

import { throwConfetti } from "./confetti.js";

const KEYS = {
  ArrowRight: "next", " ": "next", Enter: "next", PageDown: "next", ArrowDown: "next",
  ArrowLeft: "back", PageUp: "back", ArrowUp: "back", Backspace: "back",
  Home: "first", End: "last",
  b: "blank", B: "blank", ".": "blank", f: "full", F: "full", c: "confetti", C: "confetti",
};
const ONE_NUMBER = 1200; // ms within which digits are read together

export function start(element) {
  new Ceremony(element);
}

class Ceremony {
  constructor(element) {
    this.element = element;
    this.find = (name) => element.querySelector(`[data-${name}]`);
    this.steps = [...element.querySelectorAll("template[data-step]")];
    this.stage = this.find("stage");
    this.blank = document.querySelector("[data-blank]");
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.seen = new Set();
    this.typed = { text: "", at: 0 };
    this.listen();
    this.show((parseInt(location.hash.slice(1), 10) || 1) - 1);
    element.dataset.ready = "";
  }

  listen() {
    document.addEventListener("keydown", (event) => this.press(event));
    this.element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      this.act(button.dataset.act);
      if (event.detail > 0) button.blur(); // a mouse must not leave the space bar on this button
    });
    this.blank.addEventListener("click", () => this.setBlank(false));
    const full = this.button("full");
    full.hidden = !document.fullscreenEnabled;
    const confetti = this.button("confetti");
    confetti.hidden = this.calm.matches;
    this.calm.addEventListener("change", () => {
      confetti.hidden = this.calm.matches;
    });
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === " " || event.key === "Enter") && event.target.closest?.("button")) return;
    if (/^\d$/.test(event.key)) return this.jump(event);
    this.typed = { text: "", at: 0 };
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    this.act(act);
  }

  /* Digits are the number of a step; two typed quickly are one number. */
  jump(event) {
    const together = event.timeStamp - this.typed.at < ONE_NUMBER ? this.typed.text + event.key : event.key;
    const text = Number(together) <= this.steps.length ? together : event.key;
    this.typed = { text, at: event.timeStamp };
    const number = Number(text);
    if (this.isBlank()) this.setBlank(false);
    if (number >= 1 && number <= this.steps.length) this.show(number - 1);
  }

  act(name) {
    if (name === "blank") return this.setBlank(!this.isBlank());
    if (name === "full") return this.toggleFull();
    if (name === "confetti") return this.toggleConfetti();
    if (this.isBlank()) return this.setBlank(false); // first bring the picture back, then go on
    const to = { next: this.at + 1, back: this.at - 1, first: 0, last: this.steps.length - 1 }[name];
    if (to >= 0 && to < this.steps.length) this.show(to);
  }

  show(at) {
    this.at = Math.max(0, Math.min(at, this.steps.length - 1));
    const step = this.steps[this.at];
    const isNew = !this.seen.has(this.at);
    this.seen.add(this.at);
    this.stage.classList.toggle("is-seen", !isNew);
    this.stage.replaceChildren(step.content.cloneNode(true));
    this.find("where").textContent = step.dataset.where;
    const count = this.element.dataset.count;
    this.find("place").textContent = count.replace("{n}", this.at + 1).replace("{of}", this.steps.length);
    const after = this.steps[this.at + 1];
    this.button("next").textContent = after?.dataset.label ?? this.element.dataset.next;
    this.button("next").disabled = !after;
    this.button("back").disabled = this.at === 0;
    this.find("say").textContent = [...this.stage.querySelectorAll("[data-spoken]")].map((part) => part.textContent.trim()).join(". ");
    history.replaceState(history.state, "", `#${this.at + 1}`);
    if (isNew && step.dataset.first !== undefined && this.wantsConfetti() && !this.calm.matches) throwConfetti();
  }

  button(name) {
    return this.element.querySelector(`[data-act=${name}]`);
  }

  isBlank() {
    return !this.blank.hidden;
  }

  setBlank(on) {
    this.blank.hidden = !on;
    this.element.inert = on;
    if (on) this.blank.querySelector("button").focus();
  }

  wantsConfetti() {
    return this.button("confetti").getAttribute("aria-pressed") === "true";
  }

  toggleConfetti() {
    this.button("confetti").setAttribute("aria-pressed", String(!this.wantsConfetti()));
  }

  toggleFull() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }
}
