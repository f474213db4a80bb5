/* Digits give the value of the criterion in hand, J and K move between criteria, N and P between entries. */

const SWITCH = "innovate:keys";

export function startKeys(card) {
  const box = card.form.querySelector("[data-keys]");
  startSwitch(box);
  document.addEventListener("keydown", (event) => {
    if (box?.checked === false) return;
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) return;
    const act = actionOf(card, event.key.toLowerCase());
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/* Single letters may be in the way of whoever dictates: the reader turns them off for this device. */
function startSwitch(box) {
  if (!box) return;
  try {
    box.checked = localStorage.getItem(SWITCH) !== "off";
  } catch {
    // No store: the keys work until the page is left.
  }
  for (const name of ["input", "change"]) box.addEventListener(name, (event) => event.stopPropagation()); // nothing to save
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(SWITCH, box.checked ? "on" : "off");
    } catch {
      // It holds for this page.
    }
  });
}

function actionOf(card, key) {
  if (/^[0-9]$/.test(key)) return () => give(card, key);
  const { previous, following } = card.form.dataset;
  const moves = {
    j: () => card.go(card.step(1)),
    k: () => card.go(card.step(-1)),
    n: following && (() => leave(card, following)),
    p: previous && (() => leave(card, previous)),
  };
  return moves[key];
}

function give(card, digit) {
  const part = card.here?.matches("[data-criterion]") ? card.here : card.criteria[0];
  card.go(part, { focus: false });
  const typed = part.querySelector("input[inputmode]");
  if (typed) {
    typed.focus();
    typed.value = digit;
    typed.dispatchEvent(new Event("input", { bubbles: true }));
    return;
  }
  const choice = [...part.querySelectorAll("input[type=radio]")].find((radio) => Number(radio.value) === Number(digit));
  if (!choice) return;
  choice.checked = true;
  choice.focus({ preventScroll: true });
  choice.dispatchEvent(new Event("change", { bubbles: true }));
}

/* Leaving saves first; what the server did not take stays on this device. */
async function leave(card, address) {
  await card.form.autosave?.flush({ keepalive: true });
  location.assign(address);
}

function isWriting(element) {
  return element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])") || element.isContentEditable;
}
