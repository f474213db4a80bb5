/* Menus and confirmations are <details>; this closes them with Escape, a click outside, or "cancel". */

const FLOATING = "details.iv-menu, details.iv-confirm";

export function startMenus(root) {
  root.addEventListener("click", (event) => {
    const cancel = event.target.closest("[data-close-details]");
    for (const details of root.querySelectorAll(FLOATING)) {
      if (!details.open) continue;
      if (cancel && details.contains(cancel)) close(details);
      else if (!details.contains(event.target)) details.open = false;
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.(FLOATING) ?? root.querySelector("details.iv-menu[open], details.iv-confirm[open]");
    if (open?.open) close(open);
  });
  // `toggle` does not bubble, so it is caught on its way down.
  root.addEventListener("toggle", (event) => event.target.matches("details.iv-confirm[open]") && keepInView(event.target), true);
  root.addEventListener("focusin", (event) => {
    for (const details of root.querySelectorAll("details.iv-menu[open]")) {
      if (!details.contains(event.target)) details.open = false;
    }
  });
}

function keepInView(details) {
  details.classList.remove("is-end");
  const panel = details.querySelector(".iv-confirm-panel").getBoundingClientRect();
  details.classList.toggle("is-end", panel.right > document.documentElement.clientWidth);
}

function close(details) {
  details.open = false;
  details.querySelector("summary").focus();
}
