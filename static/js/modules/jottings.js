/* Private notes: autosave.js saves them; what was written in two places is joined, never asked about. */

export function start(form) {
  const text = form.elements.namedItem("catatan_pribadi");
  form.addEventListener("iv:saved", ({ detail }) => {
    form.elements.namedItem("versi").value = detail.version;
    if (form.autosave.dirty || detail.text === undefined || detail.text === text.value.trim()) return;
    text.value = detail.text;
    text.dispatchEvent(new Event("iv:grow"));
  });
  const join = () => {
    const copy = form.autosave?.otherCopy;
    if (!copy) return;
    const mine = new Map(copy.fields).get("catatan_pribadi") ?? "";
    if (!text.value.includes(mine)) text.value = [text.value, mine].filter(Boolean).join("\n\n");
    form.autosave.dropOtherCopy();
    form.autosave.adopt(form.dataset.version);
  };
  form.addEventListener("iv:stale", join);
  join();
}
