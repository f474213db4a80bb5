/* What the clock of a pitch shows, out of the server's state and the server's time. The rules are those of
   innovate/pitch/domain/timer.py; a test compares the two. */

const CLOCKED = new Set(["presentation", "questions"]);

export function elapsed(state, now) {
  return state.since === null ? state.used : state.used + Math.max(0, Math.floor(now - state.since));
}

/* {face, tone, share}: the digits, calm warn last over, and how much of the time is gone (0 to 1). */
export function read(state, now) {
  if (!CLOCKED.has(state.phase) && state.phase !== "ready") return { face: "", tone: "calm", share: 0 };
  const left = state.limit - elapsed(state, now);
  if (left <= 0) return { face: `+${digits(Math.floor(-left / 1000))}`, tone: "over", share: 1 };
  const warnings = CLOCKED.has(state.phase) ? state.warn : [];
  const reached = warnings.filter((warning) => left <= warning && warning < state.limit);
  const tone = reached.length === 0 ? "calm" : reached.includes(Math.min(...warnings)) ? "last" : "warn";
  return { face: digits(Math.ceil(left / 1000)), tone, share: 1 - left / state.limit };
}

export function isPaused(state) {
  return CLOCKED.has(state.phase) && state.since === null;
}

function digits(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
