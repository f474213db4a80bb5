/* The box on the juror's queue: keep all entries on this device, see how much that is, take them away again. */

import { find, forget, keep, load, supported } from "./device-kept.js";

export async function start(box) {
  const say = (name, values) => tell(box, name, values);
  if (!supported()) return say(window.isSecureContext ? "unsupported" : "insecure");
  const { keep: address, owner } = box.dataset;
  const begin = box.querySelector("[data-keep-start]");
  const remove = box.querySelector("[data-keep-drop]");
  const show = async () => {
    const kept = await find(owner, address);
    begin.hidden = false;
    remove.hidden = !kept;
    begin.querySelector("[data-label]").textContent = kept ? box.dataset.textRenew : box.dataset.textStart;
    if (kept) say("kept", { n: Object.keys(kept.items).length, size: size(kept.bytes) });
    else say("none");
  };
  begin.addEventListener("click", () => run(box, begin, address, show));
  remove.addEventListener("click", async () => {
    await forget(owner);
    await (await navigator.serviceWorker.getRegistration("/k/"))?.unregister();
    await show();
    begin.focus();
  });
  document.addEventListener("iv:device", () => begin.disabled || show()); // the banner has put the copies in order
  await show();
  box.dataset.keepReady = "";
  return undefined;
}

async function run(box, begin, address, show) {
  const bar = box.querySelector("progress");
  begin.disabled = true;
  bar.hidden = false;
  try {
    await navigator.serviceWorker.register(box.dataset.worker, { scope: "/k/", updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    navigator.storage?.persist?.();
    const list = await load(address);
    if (!list.items) throw new Error(`answered ${list.status}`);
    let told = 0;
    await keep(list, address, (done, total, bytes) => {
      bar.max = total;
      bar.value = done;
      if (Date.now() - told < 700 && done < total) return; // a screen reader hears it now and then, not for every file
      told = Date.now();
      tell(box, "keeping", { done, total, size: size(bytes) });
    });
    await show();
  } catch (error) {
    tell(box, error.name === "QuotaExceededError" ? "full" : "failed");
  } finally {
    begin.disabled = false;
    bar.hidden = true;
    begin.focus();
  }
}

function tell(box, name, values = {}) {
  const text = box.dataset[`text${name[0].toUpperCase()}${name.slice(1)}`] ?? "";
  box.querySelector("[data-keep-status]").textContent = text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

function size(bytes) {
  const lang = document.documentElement.lang || "id";
  return `${(bytes / 1048576).toLocaleString(lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} MB`;
}
