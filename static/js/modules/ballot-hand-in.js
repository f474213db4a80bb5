/* Handing in goes the way of autosave: on this device first, to the server as soon as it answers. */

import { hold } from "./device-ballots.js";

export function startHandIn({ form }) {
  const release = hold(`innovate:${form.dataset.draftKey}`);
  form.addEventListener("submit", (event) => take(form, event), { capture: true });
  form.addEventListener("iv:handed-in", (event) => location.assign(event.detail.next));
  form.addEventListener("iv:refused", ({ detail }) => detail.closed || detail.gone ? giveOver(form, release) : undefined);
}

function take(form, event) {
  const saving = form.autosave;
  if (!saving) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (saving.stale) {
    form.dispatchEvent(new CustomEvent("iv:stale", { bubbles: true, detail: saving.stale })); // choose first
    return;
  }
  if (event.submitter?.value !== "ajukan") {
    saving.changed();
    saving.flush();
    return;
  }
  if (!form.reportValidity()) return;
  saving.handIn()?.then(() => saving.handing && toast(form.dataset.textQueued));
}

/* The round closed, or the entry is no longer the juror's: what was written goes to the chair, sent by the banner. */
function giveOver(form, release) {
  form.autosave.stopped = true;
  form.autosave.say("closed", "is-waiting");
  release();
  document.dispatchEvent(new CustomEvent("iv:send"));
}

function toast(text) {
  document.dispatchEvent(new CustomEvent("iv:toast", { detail: { text } }));
}
