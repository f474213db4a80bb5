/* Watches long work: moves its bar, says its stage, and loads the page again when it is over.

   <section data-task="/pekerjaan/…/keadaan"><progress></progress><p data-task-words></p></section> */

const FIRST = 600;
const SLOWEST = 4000;

export function start(section) {
  const bar = section.querySelector("progress");
  const words = section.querySelector("[data-task-words]");
  let wait = FIRST;

  async function look() {
    let state;
    try {
      const answer = await fetch(section.dataset.task, { headers: { Accept: "application/json" } });
      if (!answer.ok) return location.reload(); // signed out, or no longer ours: the page says so
      state = await answer.json();
    } catch {
      wait = SLOWEST; // the line is down; ask again
      return again();
    }
    if (state.over) return location.reload();
    const text = state.total ? `${state.words} (${state.done}/${state.total})` : state.words;
    if (words.textContent !== text) words.textContent = text;
    if (state.total) {
      bar.max = state.total;
      bar.value = state.done;
    }
    wait = Math.min(SLOWEST, wait * 1.15);
    return again();
  }

  function again() {
    setTimeout(look, wait);
  }

  again();
}
