/* The allocation board: a juror is held by mouse or by key, every entry says whether they can go there. */

const REFUSES = new Set(["here", "conflict", "absent", "full"]);
const SPEAKS = new Set(["track", "words", "bridge"]);

export function start(root) {
  const says = JSON.parse(root.dataset.says);
  const words = JSON.parse(root.dataset.words);
  const rows = [...root.querySelectorAll("[data-entry]")];
  const live = root.querySelector("[data-live]");
  const form = root.querySelector("form[data-drop]");
  let held = null;
  let target = -1;
  let byKey = false;

  const tell = (text, values = {}) => {
    live.textContent = text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  };

  function codeOf(row, chip) {
    const own = row.dataset.marks.split(" ").find((mark) => mark.startsWith(`${chip.dataset.juror}:`));
    const code = own ? own.slice(own.indexOf(":") + 1) : "open";
    return REFUSES.has(code.split(".")[0]) ? code : chip.dataset.blocked || code;
  }

  function pick(chip) {
    release();
    held = chip;
    byKey = false;
    chip.classList.add("is-held");
    root.classList.add("is-holding");
    for (const row of rows) {
      const code = codeOf(row, chip);
      const kind = code.split(".")[0];
      row.dataset.state = REFUSES.has(kind) ? "no" : SPEAKS.has(kind) ? "good" : "ok";
      const why = says[code] ?? says[kind];
      row.querySelector("[data-say]").textContent =
        row.dataset.state === "no" ? words.no.replace("{why}", why) : why;
    }
    target = rows.indexOf(chip.closest("[data-entry]"));
  }

  function release() {
    if (!held) return;
    held.classList.remove("is-held");
    root.classList.remove("is-holding");
    for (const row of rows) {
      delete row.dataset.state;
      row.classList.remove("is-target");
      row.querySelector("[data-say]").textContent = "";
    }
    held = null;
  }

  function aim(index) {
    target = Math.max(0, Math.min(rows.length - 1, index));
    rows.forEach((row, n) => row.classList.toggle("is-target", n === target));
    const row = rows[target];
    row.scrollIntoView({ block: "nearest" });
    tell("{entry}: {why}", { entry: row.dataset.title, why: row.querySelector("[data-say]").textContent });
  }

  function drop(row) {
    if (!held || !row) return;
    if (row.dataset.state === "no") {
      tell("{entry}: {why}", { entry: row.dataset.title, why: row.querySelector("[data-say]").textContent });
      return;
    }
    tell(words.sent, { name: held.dataset.name, entry: row.dataset.title });
    form.action = held.href;
    form.elements.to.value = row.dataset.entry;
    release();
    form.requestSubmit();
  }

  root.addEventListener("keydown", (event) => {
    const chip = event.target.closest("[data-juror]");
    if (!chip || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!held) {
      if (event.key !== "Enter") return;
      pick(chip);
      byKey = true;
      tell(words.picked, { name: chip.dataset.name });
    } else if (event.key === "ArrowDown") aim(target + 1);
    else if (event.key === "ArrowUp") aim(target < 0 ? 0 : target - 1);
    else if (event.key === "Enter") drop(rows[target]);
    else if (event.key === "Escape") {
      tell(words.cancelled, { name: held.dataset.name });
      release();
    } else return;
    event.preventDefault();
  });
  root.addEventListener("focusout", (event) => {
    if (byKey && event.target === held) release();
  });

  root.addEventListener("dragstart", (event) => {
    const chip = event.target.closest("[data-juror]");
    if (!chip) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", chip.dataset.name);
    setTimeout(() => pick(chip)); /* a browser ends the drag when its source changes while it begins */
  });
  root.addEventListener("dragover", (event) => {
    const row = event.target.closest("[data-entry]");
    rows.forEach((each) => each.classList.toggle("is-target", each === row));
    if (held && row && row.dataset.state !== "no") event.preventDefault();
  });
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    drop(event.target.closest("[data-entry]"));
  });
  root.addEventListener("dragend", release);
  root.dataset.allocationReady = "";
}
