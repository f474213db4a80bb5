/* Comparing a form with a copy of it, and writing the copy back. */

/* True if anything differs. */
export function fill(form, fields, { write }) {
  const wanted = new Map();
  for (const [name, value] of fields) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  let differed = false;
  for (const element of form.elements) {
    if (!element.name || ["csrf_token", "version"].includes(element.name)) continue;
    if (["file", "submit", "button", "hidden", "fieldset"].includes(element.type)) continue;
    differed = put(element, wanted.get(element.name) ?? [], write) || differed;
  }
  return differed;
}

function put(element, values, write) {
  if (element.type === "checkbox" || element.type === "radio") {
    const checked = values.includes(element.value);
    const differs = element.checked !== checked;
    if (write) element.checked = checked;
    return differs;
  }
  if (element.type === "select-multiple") {
    const differs = [...element.options].some((option) => option.selected !== values.includes(option.value));
    if (write) for (const option of element.options) option.selected = values.includes(option.value);
    return differs;
  }
  // Several fields of one name are consumed in their order.
  const value = values.shift() ?? "";
  const differs = plain(element.value) !== plain(value);
  if (write) element.value = value;
  return differs;
}

/* The server trims and has its own line ends; that is no difference. */
function plain(text) {
  return text.replaceAll("\r\n", "\n").trim();
}
