/* Theme switch: applies the choice at once and tells the server in the background, which keeps it in a cookie. */

export function startTheme(root) {
  for (const form of root.querySelectorAll("form[data-theme-switch]")) {
    form.addEventListener("submit", (event) => choose(event, form));
  }
}

function choose(event, form) {
  const button = event.submitter;
  if (!button || !button.value) return;
  event.preventDefault();
  const body = new FormData(form);
  body.set(button.name, button.value);
  apply(button.value);
  fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" }).catch(() => {});
}

function apply(theme) {
  document.documentElement.dataset.theme = theme;
  for (const option of document.querySelectorAll("[data-theme-switch] button")) {
    option.setAttribute("aria-pressed", String(option.value === theme));
  }
}
