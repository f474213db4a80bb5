/* Fills the parts of an element with the stage as it is now: projector, console, the juror's strip. */

import { isPaused, read } from "./pitch-clock.js";
import { follow } from "./pitch-feed.js";
import { serverNow, settle } from "./server-time.js";

export function start(element) {
  const live = new Live(element);
  settle().then(() => live.begin());
}

class Live {
  constructor(element) {
    this.element = element;
    this.texts = JSON.parse(element.dataset.texts);
    this.cards = JSON.parse(element.dataset.cards ?? "{}");
    this.parts = grouped(element);
    this.say = element.querySelector("[data-say]");
    this.said = "";
  }

  begin() {
    this.feed = follow(this.element.dataset.pitch, JSON.parse(this.element.dataset.state), (this.hear = (state, lost) => this.show(state, lost)));
    this.tick();
  }

  /* A part of the page that was replaced lets go of its feed. */
  tick() {
    if (!this.element.isConnected) {
      this.feed.leave(this.hear);
      return;
    }
    this.paint();
    const now = serverNow();
    const { since, used } = this.feed.state;
    const into = since === null ? 0 : (((used + now - since) % 1000) + 1000) % 1000;
    setTimeout(() => this.tick(), 1000 - into + 15);
  }

  show(state, lost) {
    this.state = state;
    const { phase, now, next } = state;
    this.element.dataset.phase = phase;
    this.element.toggleAttribute("data-paused", isPaused(state));
    this.put("stage", this.texts.stage[phase]);
    this.put("label", now?.label ?? "");
    this.put("title", now?.title ?? this.texts.title[phase] ?? this.texts.title.before);
    if (now || phase === "over") this.put("team", now?.team ?? "");
    this.put("place", state.place ? this.texts.place.replace("{place}", state.place).replace("{of}", state.of) : "");
    this.put("next-label", next?.label ?? "");
    this.put("next-title", next?.title ?? "");
    this.toggle("[data-next]", Boolean(next));
    this.toggle("[data-lost]", lost);
    const mine = Boolean(now && this.cards[now.id]);
    this.toggle("[data-no-card]", Boolean(now) && !mine);
    const card = this.element.querySelector("[data-card]");
    if (card) {
      card.hidden = !mine;
      if (mine) card.href = this.cards[now.id];
    }
    this.paint();
  }

  paint() {
    if (!this.state) return;
    const { face, tone, share } = read(this.state, serverNow());
    this.put("face", face);
    this.element.dataset.tone = tone;
    this.put("words", this.wording(tone));
    this.element.querySelector("[data-line]")?.setAttribute("width", String(Math.round(1000 * share)));
    this.announce(tone);
  }

  wording(tone) {
    const { phase } = this.state;
    if (["before", "done", "over"].includes(phase)) return "";
    if (phase === "ready") return this.texts.words.ready;
    return isPaused(this.state) ? this.texts.words.paused : this.texts.words[tone];
  }

  /* For screen readers: a new team, a new stage, a warning; never the running digits. */
  announce(tone) {
    const { phase, now } = this.state;
    const what = `${now?.id}|${phase}|${tone}|${isPaused(this.state)}`;
    if (what === this.said) return;
    if (this.said && this.say) {
      this.say.textContent = [now?.label, this.texts.stage[phase], this.wording(tone)].filter(Boolean).join(". ");
    }
    this.said = what;
  }

  put(name, text) {
    for (const part of this.parts.get(name) ?? []) if (part.textContent !== text) part.textContent = text;
  }

  toggle(selector, on) {
    const part = this.element.querySelector(selector);
    if (part) part.hidden = !on;
  }
}

function grouped(element) {
  const parts = new Map();
  for (const part of element.querySelectorAll("[data-part]")) {
    parts.set(part.dataset.part, [...(parts.get(part.dataset.part) ?? []), part]);
  }
  return parts;
}
