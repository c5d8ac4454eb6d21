// self.store: what the phone keeps without a signal. Forms wait with their photos; each row bears the person it belongs
// to, and only that person's pages ask for it. Used by the pages and by the worker.
let opening = null;

const opened = () => (opening ??= new Promise((resolve, reject) => {
  const asked = indexedDB.open("zhudian", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("forms", { keyPath: "uuid" });
    asked.result.createObjectStore("people", { keyPath: "person" });
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => { opening = null; reject(asked.error); };
}));

async function within(name, mode, work) {
  const base = await opened();
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(name, mode);
    const asked = work(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const tell = () => { const channel = new BroadcastChannel("queue"); channel.postMessage("changed"); channel.close(); };
const changed = async (work) => { const result = await within("forms", "readwrite", work); tell(); return result; };

self.store = {
  all: async () => (await within("forms", "readonly", (rows) => rows.getAll())).sort((one, other) => one.kept - other.kept),
  form: (uuid) => within("forms", "readonly", (rows) => rows.get(uuid)),
  put: (form) => changed((rows) => rows.put(form)),
  remove: (uuid) => changed((rows) => rows.delete(uuid)),
  people: async (person) => (await within("people", "readonly", (rows) => rows.get(person)))?.rows ?? [],
  putPeople: (person, rows) => within("people", "readwrite", (all) => all.put({ person, rows })),
  forgetPeople: () => within("people", "readwrite", (all) => all.clear()),
};
