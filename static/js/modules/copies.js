/*
 * Where the copies of a form lie on this device until the server has them. Each store has
 * read(key), write(key, copy), drop(key), settle(key, copy); `copy` is {at, version, fields, handIn}.
 */

/* Ordinary drafts: localStorage, gone once the server has them. */
export const local = {
  read: async (key) => read(key),
  write: (key, copy) => store(key, JSON.stringify(copy)),
  drop: (key) => store(key, null),
  settle: (key) => store(key, null),
};

/* A ballot's form says data-draft-store="device": its copies belong to a person and can be sent by any page. */
export async function copiesOf(form) {
  if (form.dataset.draftStore !== "device") return local;
  const { deviceCopies } = await import("./device-ballots.js");
  return (await deviceCopies(form)) ?? local;
}

function store(key, text) {
  try {
    if (text === null) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // Private windows and full disks have no copy; the server still has everything acknowledged.
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}
