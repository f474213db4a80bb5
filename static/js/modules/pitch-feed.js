/* Asks for the state of a stage again and again, one asker for each address however many parts of the page listen.
   The answer is a few hundred bytes, or 304. Without network the last state stays: the clock goes on from it. */

import { hear } from "./server-time.js";

const BUSY_MS = 1500; // somebody is on stage
const IDLE_MS = 4000;
const HIDDEN_MS = 20_000;
const LONGEST_MS = 15_000;
const feeds = new Map();

/* Calls listener(state, isLost) at once and after every change; returns {put(state), ask()}. */
export function follow(url, state, listener) {
  if (!feeds.has(url)) feeds.set(url, new Feed(url, state));
  const feed = feeds.get(url);
  feed.listeners.add(listener);
  feed.put(state);
  listener(feed.state, feed.isLost);
  return feed;
}

class Feed {
  constructor(url, state) {
    this.url = url;
    this.state = state;
    this.listeners = new Set();
    this.tag = "";
    this.failures = 0;
    this.asking = false;
    this.timer = 0;
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.ask());
    window.addEventListener("online", () => this.ask());
    this.later();
  }

  get isLost() {
    return this.failures > 1;
  }

  leave(listener) {
    this.listeners.delete(listener);
  }

  /* A newer state, from wherever it came. */
  put(state) {
    if (state.version <= this.state.version) return;
    this.state = state;
    this.tell();
  }

  tell() {
    this.listeners.forEach((listener) => listener(this.state, this.isLost));
  }

  later() {
    clearTimeout(this.timer);
    const usual = document.visibilityState === "hidden" ? HIDDEN_MS : this.state.now ? BUSY_MS : IDLE_MS;
    const wait = this.failures ? Math.max(usual, Math.min(usual * 2 ** this.failures, LONGEST_MS)) : usual;
    this.timer = setTimeout(() => this.ask(), wait * (0.9 + Math.random() / 5)); // thirty screens do not ask in step
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    const lost = this.isLost;
    try {
      const asked = Date.now();
      const headers = { Accept: "application/json", ...(this.tag && { "If-None-Match": this.tag }) };
      const answer = await fetch(this.url, { headers, cache: "no-store", credentials: "same-origin" });
      const server = Number(answer.headers.get("X-Server-Now"));
      if (server) hear(server, asked, Date.now());
      if (answer.status === 200) {
        const state = await answer.json();
        this.tag = answer.headers.get("ETag") ?? "";
        this.failures = 0;
        this.put(state);
      } else if (answer.status === 304) this.failures = 0;
      else this.failures += 1;
    } catch {
      this.failures += 1;
    } finally {
      this.asking = false;
    }
    if (lost !== this.isLost) this.tell();
    this.later();
  }
}
