/* Deciding about entries with the keyboard: L pass, K return, T fail, N next. The window for mending shows when it applies. */

const KEYS = { l: "pass", k: "return", t: "fail" };

export function start(form) {
  const until = form.querySelector("[name=return_until]")?.closest(".iv-f");
  const show = () => {
    if (until) until.hidden = form.elements.decision.value !== "return";
  };
  form.addEventListener("change", show);
  show();
  document.addEventListener("keydown", (event) => onKey(event, form, show));
}

function onKey(event, form, show) {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "n") {
    document.querySelector("[data-next]")?.click();
    return;
  }
  const choice = KEYS[key] && form.querySelector(`[name=decision][value=${KEYS[key]}]`);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
  show();
}

function isTyping(element) {
  return element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}
