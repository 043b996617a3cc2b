// Keeps what is written while it is written. Without this script the buttons of the form do.
//
// Each text goes to the server within two seconds, with the text it went on from, so that the server can put
// together what two people wrote. What has not arrived yet lies on this device, sealed with a key that only
// comes with a page of the same signed-in person; it goes as soon as the server says that it is kept.

const PAUSE = 700; // milliseconds without a key pressed
const LONGEST = 1400; // and never longer than this after the first one
const LOOK_AGAIN = 10_000; // to see what somebody else wrote meanwhile
const TRY_AGAIN = 3_000;
const PATIENCE = 8_000;

const AT_MOST = 300; // how long the shelf may take before a form leaves all the same

/* global Fields, Part, Shelf */

class Keeper {
  constructor(form, shelf) {
    this.form = form;
    this.url = form.dataset.keep;
    this.shelf = shelf;
    this.status = document.querySelector("[data-keep-status]");
    this.parts = [...form.querySelectorAll("textarea")]
      .filter((area) => form.elements[`opened_${area.name}`])
      .map((area) => new Part(area, form.elements[`opened_${area.name}`], this.url));
    form.autocomplete = "off"; // what a browser puts back by itself may be older than what others wrote since
    this.fields = new Fields(form, shelf, this.parts);
    this.arrived = new Set(form.dataset.arrived.split(" "));
    this.since = 0;
    this.seen = Date.now();
    this.stopped = false;
  }

  async begin() {
    if (this.form.dataset.stands) await this.goOn(JSON.parse(this.form.dataset.stands));
    else await this.fromShelf();
    if (await this.fields.begin(this.arrived, Boolean(this.form.dataset.stands))) this.say("back");
    this.form.addEventListener("input", (event) => this.typed(event.target));
    if (this.parts.some((part) => part.ready)) this.soon(0); // also what was typed before this script was here
    this.form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("pageshow", () => (this.leaving = this.ready = false));
    addEventListener("online", () => (this.soon(0), this.comeBack()));
    document.addEventListener("visibilitychange", () => this.soon(0));
    setInterval(() => {
      if (!document.hidden && Date.now() - this.seen > LOOK_AGAIN) this.save({ look: true });
    }, 1000);
  }

  /** A pressed button takes the words along. The shelf gets the same ones first, to be known by their mark. */
  async leave(event) {
    if (this.ready) return;
    event.preventDefault();
    if (this.leaving) return;
    this.leaving = true;
    this.pressed = null;
    clearTimeout(this.timer);
    const laid = this.parts.map((part) => (clearTimeout(part.shelving), this.lay(part)));
    laid.push(this.fields.lay());
    const late = new Promise((resolve) => setTimeout(resolve, AT_MOST));
    const [isThere] = await Promise.all([this.reached(), Promise.race([Promise.allSettled(laid), late])]);
    if (!isThere) return this.stay();
    this.ready = true;
    this.form.requestSubmit(event.submitter);
  }

  /** Whether a page would come; asked before leaving this one. */
  async reached() {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      return (await fetch("/healthz", { method: "HEAD", cache: "no-store", signal })).status < 500;
    } catch {
      return false;
    }
  }

  /** A button leads nowhere now. Going on by itself later would take the page from under somebody's hands. */
  stay() {
    this.leaving = false;
    this.pressed = "stay";
    this.say("stay");
    this.soon(TRY_AGAIN);
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.comeBack(), TRY_AGAIN);
  }

  async comeBack() {
    clearTimeout(this.looking);
    if (this.pressed !== "stay" || this.leaving) return;
    if (await this.reached()) this.back();
    else this.looking = setTimeout(() => this.comeBack(), TRY_AGAIN);
  }

  back() {
    if (this.pressed !== "stay") return;
    this.pressed = "again";
    this.tell();
  }

  /** A page that shows what was refused: each text goes on from what the server has, or waits for a choice. */
  async goOn(stands) {
    for (const part of this.parts) {
      const { base, theirs, says } = stands[part.area.name];
      part.base = base ?? theirs;
      if (theirs !== undefined && part.changed) {
        part.base = (await this.shelf.take(part.place))?.base ?? ""; // to be asked again if this page is closed
        this.choose(part, { says, theirs });
      } else await this.lay(part);
    }
    if (this.parts.some((part) => part.ready)) this.soon(0);
  }

  /** Words of an earlier time that never arrived come back, and go on from where they went on then. */
  async fromShelf() {
    for (const part of this.parts) {
      const words = await this.shelf.take(part.place);
      if (!words) continue;
      const mark = `${words.mark}:${await Part.markOf(words.text)}`;
      if (part.stood(words.text) || this.arrived.has(mark)) {
        await this.shelf.drop(part.place);
        continue;
      }
      const typed = part.changed && !part.is(words.text) ? `\n${part.area.value}` : "";
      part.base = words.base;
      part.sent = words.sent ?? [];
      part.area.value = words.text + typed;
      this.say("back");
      this.soon(0);
    }
  }

  typed(area) {
    const part = this.parts.find((one) => one.area === area);
    if (this.pressed === "again") this.pressed = null;
    if (!part) return this.filledIn(area);
    if (part.error && !part.changed) this.takenBack(part);
    this.since ||= Date.now();
    clearTimeout(part.shelving);
    part.shelving = setTimeout(() => this.lay(part), 250);
    this.soon(Math.min(PAUSE, Math.max(0, this.since + LONGEST - Date.now())));
  }

  filledIn(field) {
    if (!this.fields.has(field)) return;
    this.fields.note(field);
    if (!this.parts.some((part) => part.changed)) this.tell();
  }

  lay(part) {
    const { area, base, mark, sent } = part;
    if (part.changed) return this.shelf.put(part.place, { text: area.value, base, mark: mark.value, sent });
    return this.shelf.drop(part.place);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save({ look = false } = {}) {
    if (this.busy || this.stopped) return;
    const parts = this.parts.filter((part) => part.ready || (look && !part.changed && !part.choosing));
    if (!parts.length) return;
    this.busy = true;
    this.since = 0;
    const sent = new Map(parts.map((part) => [part, part.area.value]));
    try {
      await this.heard(await this.send(sent), sent);
    } catch {
      this.wait = TRY_AGAIN;
      const laid = [...sent].map(([part, text]) => part.unheard(text).then(() => this.lay(part)));
      const safe = this.shelf.works && (await Promise.allSettled(laid)).every((one) => one.status === "fulfilled");
      this.say(this.pressed === "stay" ? "stay" : safe ? "off" : "away"); // safe only once it lies there
    } finally {
      this.busy = false;
    }
    if (this.parts.some((part) => part.ready)) this.soon(Math.max(PAUSE, this.wait ?? 0));
    this.wait = 0;
  }

  send(sent) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: this.form.elements.csrfmiddlewaretoken.value });
    for (const [part, text] of sent) {
      body.set(part.area.name, text);
      body.set(`base_${part.area.name}`, part.base);
      body.set(`sent_${part.area.name}`, part.sent.join(" "));
    }
    const keepalive = body.toString().length < 60_000; // what browsers send on after a page was closed
    const signal = AbortSignal.timeout(PATIENCE);
    return fetch(this.url, { method: "POST", body, redirect: "manual", signal, keepalive });
  }

  async heard(answer, sent) {
    if (answer.type === "opaqueredirect" || answer.status === 401) return this.stop("out");
    if (answer.status >= 500) throw new Error("the server is away");
    if (answer.status === 422) return this.refuse(sent, (await answer.json()).errors);
    if (answer.status === 409) return this.stop("refused", (await answer.json()).says);
    if (!answer.ok) return this.stop("closed");
    const { at, parts, conflicts } = await answer.json();
    this.seen = Date.now();
    for (const [part, text] of sent) {
      const name = part.area.name;
      if (conflicts[name]) this.choose(part, conflicts[name]);
      else if (parts[name]) part.stands(parts[name].text, parts[name].mark, text);
      await this.lay(part);
    }
    this.savedAt = at;
    this.back();
    this.tell();
  }

  /** Two versions: nothing is kept of this text until a person has chosen. */
  choose(part, { says, theirs }) {
    part.allow();
    part.choosing = true;
    const block = document.getElementById("keep-choice").content.cloneNode(true).firstElementChild;
    block.querySelector("[data-says]").textContent = says;
    block.querySelector("[data-theirs]").textContent = theirs;
    block.addEventListener("click", (event) => {
      const choice = event.target.closest("button")?.dataset.choice;
      if (!choice) return;
      const mine = part.area.value;
      part.area.value = { mine, theirs, both: `${theirs.trimEnd()}\n\n${mine}` }[choice];
      part.base = theirs;
      part.choosing = false;
      block.remove();
      part.area.focus();
      this.lay(part);
      this.soon(0);
    });
    part.area.before(block);
    this.tell();
  }

  /** As it is it cannot be kept; the others can, and this one once it was changed. */
  refuse(sent, errors) {
    for (const [part, text] of sent) {
      if (errors[part.area.name]) part.refuse(errors[part.area.name], text);
    }
    this.tell();
  }

  /** What was refused is no longer here: it stands as the server has it. */
  takenBack(part) {
    part.allow();
    this.tell();
  }

  /** How everything stands here: it is called saved only when nothing waits for a person. */
  tell() {
    const refused = this.parts.filter((part) => part.error);
    if (this.parts.some((part) => part.choosing)) this.say("two");
    else if (refused.length) this.say("refused", refused.map((part) => part.error).join(" "));
    else if (this.pressed) this.say(this.pressed);
    else if (this.fields.changed) this.say("rest");
    else if (this.savedAt) this.say("saved", this.savedAt);
    else this.status?.replaceChildren();
  }

  stop(state, words) {
    this.stopped = true;
    this.say(state, words);
  }

  say(state, words = "") {
    const shown = document.getElementById(`keep-${state}`)?.content.cloneNode(true);
    if (!shown || !this.status) return;
    const place = shown.querySelector("[data-words]");
    if (place) place.textContent = words;
    if (this.status.textContent.trim() !== shown.textContent.trim()) this.status.replaceChildren(shown);
  }
}

for (const form of document.querySelectorAll("form[data-keep]")) {
  const keeper = new Keeper(form, await Shelf.open(form.dataset.secret, form.dataset.who));
  await keeper.begin();
}
