/* A filter applies itself when its choice changes; its button stays for those without script. */

export function start(field) {
  field.addEventListener("change", () => field.form.requestSubmit());
}
