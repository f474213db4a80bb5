/*
 * Signing out takes the copies of entries off this device. Ballots that were not sent stay, bound to the account:
 * they are listed first, with the offer to send them now.
 */

import { listUnsent } from "./device-ballots.js";
import { forget, supported } from "./device-kept.js";
import { sync } from "./device-sync.js";

export function start(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    leave(form);
  }, { capture: true });
}

async function leave(form) {
  const owner = form.dataset.signOut;
  const unsent = await listUnsent(owner).catch(() => []);
  if (unsent.length && !(await ask(form, owner, unsent))) return;
  if (supported()) await forget(owner).catch(() => {});
  form.submit();
}

/* True when the person goes all the same. */
function ask(form, owner, unsent) {
  const template = document.querySelector("template[data-sign-out-template]");
  const dialog = template.content.firstElementChild.cloneNode(true);
  const list = (records) => {
    dialog.querySelector("[data-sign-out-list]").replaceChildren(...records.map((record) => {
      const row = document.createElement("li");
      row.textContent = record.title;
      return row;
    }));
  };
  list(unsent);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const done = (answer) => {
      dialog.remove();
      resolve(answer);
    };
    dialog.querySelector("[data-sign-out-stay]").addEventListener("click", () => done(false));
    dialog.querySelector("[data-sign-out-go]").addEventListener("click", () => done(true));
    dialog.addEventListener("cancel", () => done(false));
    dialog.querySelector("[data-sign-out-send]").addEventListener("click", async () => {
      const { left } = await sync(owner);
      if (left.length === 0) return done(true);
      list(left);
      dialog.querySelector("[data-sign-out-status]").textContent = dialog.dataset.textLeft.replace("{n}", left.length);
      return undefined;
    });
    dialog.showModal();
  });
}
