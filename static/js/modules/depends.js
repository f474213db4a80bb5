/* Shows a part of a form only for some answers: <div data-depends="kind" data-on="choice multi">. */

export function start(part) {
  const source = part.closest("form")?.elements.namedItem(part.dataset.depends);
  if (!source) return;
  const wanted = part.dataset.on.split(" ");
  const show = () => {
    part.hidden = !wanted.includes(source.value) && !part.querySelector("[aria-invalid], .iv-error");
  };
  source.addEventListener("change", show);
  show();
}
