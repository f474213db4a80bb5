/* Textareas grow with their text where the browser does not do it by itself (field-sizing). */

export function start(field) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    // An attribute instead of a style keeps the content security policy strict.
    const lines = field.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / columns(field)), 0);
    field.rows = Math.max(Number(field.dataset.autosize) || 4, Math.min(lines + 1, 24));
  };
  field.addEventListener("input", fit);
  fit();
}

function columns(field) {
  const size = Number.parseFloat(getComputedStyle(field).fontSize) || 16;
  return Math.max(20, Math.floor(field.clientWidth / (size * 0.52)));
}
