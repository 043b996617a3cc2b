// Shows a goal as one sentence while its parts are typed. Without this script the button beside it does.
//
// The server makes the sentence, so that there is one grammar. Nothing is kept or judged by asking for it.

const PAUSE = 400; // milliseconds without a key pressed
const PATIENCE = 8_000;

class Sentence {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.sentence;
    this.shown = form.querySelector("[data-sentence-shown]");
    this.button = form.querySelector("[data-sentence-button]");
  }

  begin() {
    this.offer(false);
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.soon());
    // Fields that a browser fills in again, after a step back, are not those the server made its sentence of.
    addEventListener("pageshow", () => this.soon(0));
  }

  soon(wait = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }

  /** What stands in the form now. Whose form it was stays out: these words are not to be kept. */
  typed() {
    const body = new URLSearchParams(new FormData(this.form));
    body.delete("_who");
    return body.toString();
  }

  async ask() {
    const body = this.typed();
    if (body === this.asked) return;
    this.asked = body;
    this.asking?.abort();
    this.asking = new AbortController();
    const signal = AbortSignal.any([this.asking.signal, AbortSignal.timeout(PATIENCE)]);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    try {
      const answer = await fetch(this.url, { method: "POST", body, headers, redirect: "manual", signal });
      if (!answer.ok) throw new Error("no sentence");
      const { sentence, language } = await answer.json();
      if (body !== this.asked) return;
      this.shown.textContent = sentence || "…";
      this.shown.lang = language;
      this.offer(false);
    } catch {
      if (body !== this.asked) return; // asked anew meanwhile
      this.asked = null;
      this.offer(true);
    }
  }

  offer(button) {
    if (this.button) this.button.hidden = !button;
  }
}

for (const form of document.querySelectorAll("form[data-sentence]")) new Sentence(form).begin();
