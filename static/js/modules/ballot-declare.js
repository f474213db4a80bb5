/* One click for the usual case: no conflict with any entry not answered yet. */

export function start(button) {
  button.addEventListener("click", () => {
    for (const group of button.form.querySelectorAll("fieldset")) {
      if (!group.querySelector("input:checked")) group.querySelector("[data-clear]").checked = true;
    }
    button.form.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
