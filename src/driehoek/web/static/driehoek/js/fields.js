// What is filled in beside the texts of a form, which only a button brings: it lies on this device until then. By the
// name that the form has for one filling in, a page knows what did arrive. `keep.js` uses it.
const SKIPPED = new Set(["hidden", "submit", "button", "radio"]);

const first = (field) => {
  if (field.options) return [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0]?.value;
  return field.defaultValue;
};

class Fields {
  constructor(form, shelf, parts) {
    const areas = new Set(parts.map((part) => part.area));
    Object.assign(this, { shelf, filling: form.elements.action_id, values: {} });
    this.fields = [...form.elements].filter((one) => one.name && !SKIPPED.has(one.type) && !areas.has(one));
    if (!this.filling) this.fields = [];
  }

  get changed() {
    return Object.keys(this.values).length > 0;
  }

  get start() {
    return `${location.pathname} fields `;
  }

  get place() {
    return this.start + this.filling.value;
  }

  has(field) {
    return this.fields.includes(field);
  }

  /** Whether something of an earlier time is back in the form. A form that shows a refusal has it all already. */
  async begin(arrived, isRefused) {
    if (!this.filling) return false;
    this.isRefused = isRefused;
    const open = await this.hold(this.place);
    if (isRefused) this.values = (await this.shelf.take(this.place)) ?? {};
    for (const place of await this.shelf.places(this.start)) {
      const name = place.slice(this.start.length);
      if (arrived.has(name)) await this.shelf.drop(place);
      else if (!isRefused && !this.changed && !open.has(place)) {
        this.fill(name, (await this.shelf.take(place)) ?? {});
        if (this.changed) await this.hold(place);
      }
    }
    return this.changed && !isRefused;
  }

  /** What is filled in in another tab stays there; gives back which places tabs hold. */
  async hold(place) {
    if (!navigator.locks) return new Set();
    const { held } = await navigator.locks.query();
    navigator.locks.request(place, () => new Promise(() => {})); // until this page is left
    return new Set(held.map((lock) => lock.name));
  }

  fill(name, values) {
    for (const field of this.fields) {
      if (!(field.name in values)) continue;
      field.value = values[field.name];
      if (field.value !== first(field)) this.values[field.name] = field.value;
    }
    if (this.changed) this.filling.value = name;
  }

  /** Each time something is filled in. What was put back as it was need not be kept. */
  note(field) {
    if (!this.isRefused && field.value === first(field)) delete this.values[field.name];
    else this.values[field.name] = field.value;
    clearTimeout(this.shelving);
    this.shelving = setTimeout(() => this.lay(), 250);
  }

  lay() {
    clearTimeout(this.shelving);
    if (!this.filling) return null;
    return this.changed ? this.shelf.put(this.place, this.values) : this.shelf.drop(this.place);
  }
}

globalThis.Fields = Fields;
