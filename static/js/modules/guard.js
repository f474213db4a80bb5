/* Asks before leaving a form with changes that were not sent. Autosaving forms look after themselves. */

const changed = new Set();

window.addEventListener("beforeunload", (event) => {
  if (changed.size > 0) event.preventDefault();
});

export function start(form) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => changed.delete(form));
  form.addEventListener("reset", () => changed.delete(form));
  form.addEventListener("iv:saved", () => changed.delete(form));
}
