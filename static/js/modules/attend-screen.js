/* The code on the wall. The server says which code holds and in how many seconds to ask again; the clock of this machine
   is never looked at. A code that could not be renewed is taken down before it is worth nothing. */

const GOOD_FOR_MS = 40_000;
const AGAIN_MS = 2000;

export function start(screen) {
  const part = (name) => screen.querySelector(`[data-part="${name}"]`);
  let fresh = performance.now();

  const show = (state) => {
    part("present").textContent = state.present;
    for (const name of ["frame", "how"]) part(name).hidden = !state.open;
    part("shut").hidden = state.open;
    part("lost").hidden = true;
    if (!state.open) return;
    part("image").src = state.image;
    part("image").dataset.link = state.link;
    part("code").textContent = state.code;
  };

  const lose = () => {
    if (performance.now() - fresh < GOOD_FOR_MS) return;
    for (const name of ["frame", "how"]) part(name).hidden = true;
    part("lost").hidden = false;
  };

  const ask = async () => {
    let wait = AGAIN_MS;
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(screen.dataset.url, { headers, cache: "no-store", credentials: "same-origin" });
      if (answer.status === 401) return location.reload(); // signed out: the page asks to sign in again
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      fresh = performance.now();
      wait = state.left * 1000;
      show(state);
    } catch {
      lose();
    }
    setTimeout(ask, wait);
  };

  setTimeout(ask, Number(screen.dataset.left) * 1000);
}
