/* A search box above a long select: <select data-picker="Search words"> keeps only what contains all words typed,
   so that a tree of a hundred units is found by three letters. Without script the select is a select. */

export function start(select) {
  const all = [...select.options];
  const search = document.createElement("input");
  search.type = "search";
  search.className = "form-control iv-picker";
  search.placeholder = select.dataset.picker;
  search.setAttribute("aria-label", select.dataset.picker);
  search.setAttribute("aria-controls", select.id);
  search.autocomplete = "off";
  select.before(search);

  search.addEventListener("input", () => show(select, all, search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      choose(select, all, search);
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      select.focus();
    }
  });
  select.addEventListener("change", () => {
    search.value = "";
    show(select, all, "");
  });
}

function show(select, all, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = select.value;
  const found = all.filter((option) => words.every((word) => option.text.toLowerCase().includes(word)));
  const kept = words.length ? found.filter((option) => option !== all[0]) : all;
  const current = all.find((option) => option.value === chosen);
  const rows = kept.includes(current) ? kept : [current, ...kept];
  select.replaceChildren(...rows);
  select.value = chosen;
  select.size = words.length ? Math.min(Math.max(rows.length, 2), 8) : 1;
}

function choose(select, all, search) {
  const current = select.value;
  const first = [...select.options].find((option) => option.value !== current);
  if (search.value && first) select.value = first.value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}
