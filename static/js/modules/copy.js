/* Copies a text: <button data-copy="…" data-copied="Tautan tersalin">. The label answers, then returns. */

const ANSWER_MS = 2500;

export function start(button) {
  const label = button.querySelector("[data-copy-label]") ?? button;
  const before = label.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      if (!legacyCopy(button.dataset.copy)) return;
    }
    label.textContent = button.dataset.copied;
    setTimeout(() => {
      label.textContent = before;
    }, ANSWER_MS);
  });
}

/* Plain http on an office network has no clipboard API. */
function legacyCopy(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
