/* Every form: one submit is one request, and an error summary takes the focus. */

const RELEASE_MS = 12000;

export function startForms(root) {
  root.addEventListener("submit", onSubmit);
  root.querySelector("[data-error-summary]")?.focus();
  // Coming back with the browser's Back button must not find dead buttons.
  window.addEventListener("pageshow", () => root.querySelectorAll("form[data-sent]").forEach(release));
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
  if (form.hasAttribute("data-sent")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-sent", "");
  // The button stays enabled until the browser has read its name and value.
  const button = event.submitter;
  if (button?.classList.contains("btn")) button.setAttribute("aria-busy", "true");
  // A download or a dead network never leaves the page: give the click back.
  setTimeout(() => release(form), RELEASE_MS);
}

function release(form) {
  form.removeAttribute("data-sent");
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}
