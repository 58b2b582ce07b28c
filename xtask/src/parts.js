// Loads the client's parts, of which `parts` lists the files. xtask puts this behind what wasm-bindgen wrote.
const loaded = new Map();

const once = (key, load) => {
  if (!loaded.has(key)) {
    const loading = load();
    // What failed is tried again the next time.
    loading.catch(() => loaded.delete(key));
    loaded.set(key, loading);
  }
  return loaded.get(key);
};

// What the page's head fetched already can be read once.
const response = (file) => {
  const { href, pathname } = new URL(file, import.meta.url);
  const early = globalThis.early?.[pathname];
  delete globalThis.early?.[pathname];
  // A network that stumbles is asked once more.
  return (early ?? fetch(href)).catch(() => new Promise((go) => setTimeout(go, 1_000)).then(() => fetch(href)));
};

// The modules take memory, stack and table from the first one, and leave their functions in that table.
const instance = (id, bytes) => once(id, () => WebAssembly.instantiate(bytes, { __wasm_split: wasm }));

// A file holds several: how many, then of each its number and its length, then the modules.
const unpack = async (file) => {
  const answer = await response(file);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const head = new DataView(bytes);
  const count = head.getUint32(0, true);
  let from = 4 + count * 8;
  const modules = Array.from({ length: count }, (_, place) => {
    const start = from;
    from += head.getUint32(8 + place * 8, true);
    return instance(head.getUint32(4 + place * 8, true), new Uint8Array(bytes, start, from - start));
  });
  return Promise.all(modules);
};

export const load = (part) => once(part, () => Promise.all(parts[part].map((file) => once(file, () => unpack(file)))));

const loader = (part) => async (callback, data) => {
  let success = true;
  try {
    await load(part);
  } catch (error) {
    console.error(error);
    success = false;
  }
  wasm.__indirect_function_table.get(callback)(data, success);
};
