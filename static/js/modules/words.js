/* Word counter. Counts as the server does: runs of non-space are words. The server has the last word. */

export function start(element) {
  const field = document.getElementById(element.dataset.words);
  const limit = Number(element.dataset.limit);
  if (!field || !limit) return;
  const bar = element.querySelector("progress");
  const label = element.querySelector("[data-words-text]");
  const update = () => {
    const used = (field.value.match(/\S+/gu) ?? []).length;
    const over = used > limit;
    element.classList.toggle("is-over", over);
    bar.classList.toggle("is-over", over);
    bar.value = Math.min(used, limit);
    label.textContent = element.dataset.text.replace("{used}", used).replace("{limit}", limit);
    field.dispatchEvent(new CustomEvent("iv:words", { bubbles: true, detail: { used, limit, over } }));
  };
  field.addEventListener("input", update);
  update();
}
