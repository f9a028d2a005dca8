import { readPage, serverNow } from "./clock";

/** Counts up from data-since or down to data-until (unix milliseconds), by the server's clock; data-warn and data-over are seconds. */
class Ticker extends HTMLElement {
  static observedAttributes = ["data-since", "data-until", "data-warn", "data-over", "data-stop"];
  private ended = "";

  connectedCallback(): void {
    tickers.add(this);
    this.draw(serverNow());
    run();
  }

  disconnectedCallback(): void {
    tickers.delete(this);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.draw(serverNow());
  }

  /** A newer state of the page gives what to count, not what has been counted. */
  adopt(newer: Element): void {
    for (const name of [...Ticker.observedAttributes, "aria-label", "class", "title"]) {
      const value = newer.getAttribute(name);
      if (value === null) this.removeAttribute(name);
      else if (this.getAttribute(name) !== value) this.setAttribute(name, value);
    }
  }

  draw(now: number): void {
    const { since, until, warn, over, stop } = this.dataset;
    const down = until !== undefined;
    const from = Number(down ? until : since);
    if (!from) return;
    let seconds = down ? Math.ceil((from - now) / 1000) : Math.max(0, Math.floor((now - from) / 1000));
    if (down && seconds <= 0 && this.ended !== until) {
      this.ended = until!;
      this.dispatchEvent(new CustomEvent("eh:ticker-end", { bubbles: true }));
    }
    if (stop !== undefined) seconds = Math.max(0, seconds);
    const past = (limit: string | undefined) => limit !== undefined && (down ? seconds <= Number(limit) : seconds >= Number(limit));
    const status = past(over) ? "bad" : past(warn) ? "warn" : "";
    const text = written(seconds);
    // The text itself, not the child: nobody who watches the page for new parts needs to wake up for it.
    if (this.firstChild instanceof Text && this.childNodes.length === 1) {
      if (this.firstChild.data !== text) this.firstChild.data = text;
    } else this.textContent = text;
    if ((this.dataset.status ?? "") !== status) this.dataset.status = status;
  }
}

function written(seconds: number): string {
  const whole = Math.abs(seconds);
  const two = (part: number) => String(part).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const text = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return (seconds < 0 ? "−" : "") + (hours > 0 ? `${hours}:${text}` : text);
}

// One timer for all of them, and none while there are none or nobody looks.
const tickers = new Set<Ticker>();
let timer: number | undefined;

function run(): void {
  if (timer === undefined && tickers.size > 0 && !document.hidden) timer = window.setInterval(tick, 250);
}

function tick(): void {
  if (tickers.size === 0 || document.hidden) {
    clearInterval(timer);
    timer = undefined;
    return;
  }
  const now = serverNow();
  for (const ticker of tickers) ticker.draw(now);
}

document.addEventListener("visibilitychange", () => {
  run();
  tick();
});
document.addEventListener("turbo:load", readPage);
readPage();
customElements.define("eh-ticker", Ticker);
