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
  root.addEventListener("focusin", (event) => {
    for (const details of root.querySelectorAll("details.iv-menu[open]")) {
      if (!details.contains(event.target)) details.open = false;
    }
  });
}

function close(details) {
  details.open = false;
  details.querySelector("summary").focus();
}
