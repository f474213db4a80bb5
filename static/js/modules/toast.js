/* Toasts close by hand, and good news also by itself; errors stay until read. */

const STAYS_MS = 8000;

export function startToasts(root) {
  const stack = root.querySelector("[data-toasts]");
  if (!stack) return;
  stack.querySelectorAll(".iv-toast").forEach(watch);
  stack.addEventListener("click", (event) => event.target.closest("[data-toast-close]")?.closest(".iv-toast").remove());
  root.addEventListener("iv:toast", (event) => show(stack, event.detail));
}

/* Anyone may call: document.dispatchEvent(new CustomEvent("iv:toast", { detail: { text, kind } })) */
function show(stack, { text, kind = "success" }) {
  const template = root(stack).querySelector("template[data-toast-template]");
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.classList.toggle("is-error", kind === "error");
  toast.querySelector("[data-toast-text]").textContent = text;
  stack.append(toast);
  watch(toast);
}

function root(element) {
  return element.ownerDocument;
}

function watch(toast) {
  if (toast.classList.contains("is-error") || toast.querySelector("a")) return;
  let timer = setTimeout(() => toast.remove(), STAYS_MS);
  toast.addEventListener("pointerenter", () => clearTimeout(timer));
  toast.addEventListener("focusin", () => clearTimeout(timer));
  toast.addEventListener("pointerleave", () => {
    timer = setTimeout(() => toast.remove(), STAYS_MS / 2);
  });
}
