// One text that is kept while it is written, and how it comes together with what others wrote. `keep.js` uses it.
const SENT = 20; // so many marks of what was sent without an answer are remembered
const MOST = 4_000_000; // pairs of lines to compare; two texts of this size are one text by accident only

const same = (one, other) => one.trim() === other.trim();
const plain = (text) => text.replaceAll("\r\n", "\n");

/** Which line of `one` is which line of `other`: as many as possible, in order. */
function pairs(one, other) {
  const found = new Map();
  if (one.length * other.length > MOST) return found;
  const most = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      most[i][j] = one[i] === other[j] ? most[i + 1][j + 1] + 1 : Math.max(most[i + 1][j], most[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) found.set(i++, j++);
    else if (most[i + 1][j] >= most[i][j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/** The text as it stands, with the blanks at both ends of what was typed: the cursor is often behind one. */
function withBlanks(text, typed) {
  const core = typed.trim();
  if (!core) return typed && text ? `${text}\n` : text;
  const [lines, own] = [text.split("\n"), core.split("\n")];
  const rows = pairs(own, lines);
  const start = typed.indexOf(core);
  const [first, last] = [rows.get(0) ?? 0, rows.get(own.length - 1) ?? lines.length - 1];
  lines[last] += typed.slice(start + core.length);
  lines[first] = typed.slice(0, start) + lines[first];
  return lines.join("\n");
}

/** Where a place in `before` is in `after`: in the same line, or behind the nearest line above it that is left. */
function moved(at, before, after) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const rows = pairs(old, now);
  const above = before.slice(0, at).split("\n");
  let row = above.length - 1;
  const column = rows.has(row) ? above[row].length : Infinity;
  while (row >= 0 && !rows.has(row)) row -= 1;
  if (row < 0) return Math.min(at, now[0].length);
  const line = rows.get(row);
  const start = now.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  return start + Math.min(column, now[line].length);
}

/** One text of the form: what it went on from, and whether a person must choose between two versions. */
class Part {
  constructor(area, mark, url) {
    const base = plain(area.defaultValue);
    Object.assign(this, { area, mark, place: `${url} ${area.name}`, base, choosing: false });
    this.sent = []; // marks of what went without an answer: it may have arrived, and is then what we went on from
  }

  get field() {
    return this.area.closest(".field");
  }

  get changed() {
    return !same(this.area.value, this.base);
  }

  /** To be sent: changed, not waiting for a choice, and something else than what was just refused. */
  get ready() {
    return this.changed && !this.choosing && this.area.value !== this.refused;
  }

  is(text) {
    return same(text, this.area.value);
  }

  /** Whether this is the text with which the page came. */
  stood(text) {
    return same(text, this.base);
  }

  /** The server says how the text stands; `sent` is what we gave it. */
  stands(text, mark, sent) {
    this.sent = [];
    if (this.area.value !== sent) {
      this.base = sent; // written on meanwhile: the next round puts it together
      return;
    }
    if (!same(text, sent)) this.show(withBlanks(text, sent));
    this.base = text;
    this.mark.value = mark;
    this.allow();
  }

  /** No answer came to this text, so nobody knows whether it arrived. */
  async unheard(text) {
    if (!globalThis.crypto?.subtle) return;
    const mark = await Part.markOf(text);
    if (!this.sent.includes(mark)) this.sent = [...this.sent.slice(1 - SENT), mark];
  }

  /** The server said why it does not take this text; that stands with the field until it takes one. */
  refuse(words, sent) {
    this.allow();
    Object.assign(this, { refused: sent, error: words });
    const line = Object.assign(document.createElement("p"), { className: "error", textContent: words });
    line.dataset.refused = "";
    this.area.before(line);
    this.field?.classList.add("has-error");
  }

  allow() {
    this.refused = this.error = null;
    for (const line of this.field?.querySelectorAll("[data-refused]") ?? []) line.remove();
    this.field?.classList.remove("has-error");
  }

  /** Another text in the field, with the cursor in the line where it was. */
  show(text) {
    const { value, selectionStart: from, selectionEnd: to } = this.area;
    this.area.value = text;
    if (document.activeElement !== this.area) return;
    this.area.setSelectionRange(moved(from, value, text), moved(to, value, text));
  }

  /** The mark of a text as the server writes it: by it a page knows that a text did arrive. */
  static async markOf(text) {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(plain(text).trim()));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
  }
}

globalThis.Part = Part;
