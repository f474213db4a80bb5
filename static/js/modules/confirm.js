/* A question before a form is sent: <form data-confirm="…" data-confirm-title="…" data-confirm-ok="…" data-confirm-kind="danger">. */

export function start(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.confirmed !== undefined) {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form, event.submitter);
  }, { capture: true });
}

function ask(form, submitter) {
  const template = document.querySelector("template[data-confirm-template]");
  const dialog = template.content.firstElementChild.cloneNode(true);
  dialog.querySelector("[data-confirm-title]").textContent = form.dataset.confirmTitle ?? submitter?.textContent.trim() ?? "";
  dialog.querySelector("[data-confirm-text]").textContent = form.dataset.confirm;
  const ok = dialog.querySelector("[data-confirm-ok]");
  ok.textContent = form.dataset.confirmOk ?? submitter?.textContent.trim();
  ok.className = `btn ${form.dataset.confirmKind === "danger" ? "btn-danger" : "btn-primary"}`;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "ok") {
      submitter?.focus();
      return;
    }
    form.dataset.confirmed = "";
    form.requestSubmit(submitter);
  });
  document.body.append(dialog);
  dialog.showModal();
}
