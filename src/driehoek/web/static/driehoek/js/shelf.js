// The place on this device for what has not arrived yet. `keep.js` uses it.
const FORGET_AFTER = 14 * 24 * 3600 * 1000;

/** Words that have not arrived, sealed on this device. Does nothing where the browser cannot seal. */
class Shelf {
  static async open(secret, who) {
    if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return new Shelf(null, null, who);
    try {
      const bytes = Uint8Array.from(atob(secret), (sign) => sign.charCodeAt(0));
      const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
      const opening = indexedDB.open("driehoek", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("shelf", { keyPath: "place" });
      const shelf = new Shelf(await asked(opening), key, who);
      await shelf.tidy();
      return shelf;
    } catch {
      return new Shelf(null, null, who);
    }
  }

  constructor(store, key, who) {
    Object.assign(this, { store, key, who });
  }

  get works() {
    return Boolean(this.store);
  }

  #rows(mode) {
    return this.store.transaction("shelf", mode).objectStore("shelf");
  }

  /** The names under which something lies that begin with this. */
  async places(start) {
    if (!this.works) return [];
    const keys = await asked(this.#rows("readonly").getAllKeys());
    return keys.filter((key) => key.startsWith(`${this.who} ${start}`)).map((key) => key.slice(`${this.who} `.length));
  }

  async put(place, words) {
    if (!this.works) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(words));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, bytes);
    await asked(this.#rows("readwrite").put({ place: `${this.who} ${place}`, iv, sealed, at: Date.now() }));
  }

  async take(place) {
    if (!this.works) return null;
    const row = await asked(this.#rows("readonly").get(`${this.who} ${place}`));
    if (!row) return null;
    try {
      const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, this.key, row.sealed);
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return null; // sealed under an older key of the installation
    }
  }

  async drop(place) {
    if (this.works) await asked(this.#rows("readwrite").delete(`${this.who} ${place}`));
  }

  async tidy() {
    for (const row of await asked(this.#rows("readonly").getAll())) {
      if (row.at < Date.now() - FORGET_AFTER) await asked(this.#rows("readwrite").delete(row.place));
    }
  }
}

function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

globalThis.Shelf = Shelf;
