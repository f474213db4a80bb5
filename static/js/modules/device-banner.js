/*
 * On every page of a signed-in person: what of theirs lies on this device unsent. Sends it when the page opens or is
 * looked at again, when the network returns, and at a press; also keeps the copies of entries in order.
 */

import { listUnsent, setUnchosenRecord } from "./device-ballots.js";
import { refresh, supported, tidy } from "./device-kept.js";
import { sync } from "./device-sync.js";

const AGAIN_MS = 60_000;

export async function start(bar) {
  if (!("indexedDB" in window)) return;
  const banner = new Banner(bar);
  if (supported()) await tidy(banner.owner);
  await banner.send();
  bar.dataset.ready = "";
}

class Banner {
  constructor(bar) {
    this.bar = bar;
    this.owner = bar.dataset.unsent;
    this.text = bar.querySelector("[data-unsent-text]");
    this.now = bar.querySelector("[data-send-now]");
    this.timer = 0;
    this.now.addEventListener("click", () => this.send({ asked: true }));
    window.addEventListener("online", () => this.send());
    document.addEventListener("iv:send", () => this.send());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.send());
  }

  async send({ asked = false } = {}) {
    clearTimeout(this.timer);
    this.now.disabled = true;
    const result = await sync(this.owner).catch(() => null);
    this.now.disabled = false;
    if (!result) return;
    if (result.sent) this.toast("Sent", result.sent);
    if (result.late) this.toast("Late", result.late);
    if (result.state === "ok" && supported()) await refresh(this.owner).catch(() => {});
    this.show(await this.others(), result.state, asked);
    document.dispatchEvent(new CustomEvent("iv:device"));
  }

  /* The form open on this page says itself how it stands. */
  async others() {
    const here = document.querySelector("form[data-draft-store]")?.dataset.draftKey;
    return (await listUnsent(this.owner)).filter((record) => !here || !record.key.startsWith(`innovate:${here}`));
  }

  show(left, state, asked) {
    const hadFocus = this.bar.contains(document.activeElement);
    this.bar.hidden = left.length === 0;
    if (left.length === 0) {
      if (hadFocus) document.getElementById("isi")?.focus();
      return;
    }
    const waiting = left.some((record) => record.state !== "asks");
    const name = state === "expired" ? "Expired" : waiting ? "Waiting" : "Asks";
    this.text.textContent = this.bar.dataset[`text${name}`].replace("{n}", left.length);
    this.bar.querySelector("[data-sign-in-again]").hidden = state !== "expired";
    this.now.hidden = state === "expired" || !waiting;
    this.list(left);
    if (asked && state === "offline") this.toast("Offline");
    if (waiting && state !== "expired") this.timer = setTimeout(() => this.send(), AGAIN_MS);
  }

  list(left) {
    const list = this.bar.querySelector("[data-unsent-list]");
    list.replaceChildren(...left.map((record) => this.row(record)));
  }

  row(record) {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = record.page;
    link.textContent = record.title;
    row.append(link);
    if (record.state !== "asks") return row;
    const why = record.message === "versions" || !record.message ? this.bar.dataset.textVersions : record.message;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-quiet btn-sm";
    drop.textContent = this.bar.dataset.textDrop;
    drop.addEventListener("click", () => setUnchosenRecord(record).then(() => this.send()));
    row.append(` ${why} `, drop);
    return row;
  }

  toast(name, n = "") {
    const text = this.bar.dataset[`text${name}`].replace("{n}", n);
    document.dispatchEvent(new CustomEvent("iv:toast", { detail: { text } }));
  }
}
