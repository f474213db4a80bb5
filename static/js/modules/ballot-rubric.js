/* The rubric builder's live sum of weights. */

export function start(form) {
  const sum = form.querySelector("[data-weight-sum]");
  const note = form.querySelector("[data-weight-note]");
  if (!sum) return;
  form.addEventListener("input", () => {
    let total = 0;
    for (const part of form.querySelectorAll("[data-weight-part]")) {
      const text = part.value.trim();
      if (/^[0-9]{1,6}([.,][0-9]{1,2})?$/.test(text)) total += Math.round(Number(text.replace(",", ".")) * 100);
    }
    const shown = (total / 100).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
    sum.textContent = sum.dataset.text.replace("{sum}", shown);
    note.hidden = total === 10000;
  });
}
