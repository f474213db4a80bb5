/*
 * The few things IndexedDB is asked for, as promises. One database, two stores:
 * "ballots" (key): what a juror wrote here; "kept" (id): which entries lie on this device.
 */

const NAME = "innovate";
const VERSION = 1;
let opened = null;

export function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("ballots", { keyPath: "key" });
      request.result.createObjectStore("kept", { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
  return opened;
}

export const get = (store, key) => ask(store, "readonly", (box) => box.get(key));
export const all = (store) => ask(store, "readonly", (box) => box.getAll());
export const put = (store, value) => ask(store, "readwrite", (box) => box.put(value));
export const drop = (store, key) => ask(store, "readwrite", (box) => box.delete(key));

/* Replaces a record by what `change` makes of it as it is now; null removes it. One transaction. */
export async function change(store, key, change_) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, "readwrite");
    const box = transaction.objectStore(store);
    const request = box.get(key);
    request.onsuccess = () => {
      const next = change_(request.result);
      if (next === null) box.delete(key);
      else if (next !== undefined) box.put(next);
    };
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

async function ask(store, mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
