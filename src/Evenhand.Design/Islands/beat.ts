import { heard } from "./clock";

type State = "on" | "late" | "lost";

/** Says every data-every seconds to data-href that the page is open, from a worker, and shows whether it is heard. The cadence never slows down. */
class Beat extends HTMLElement {
  private worker?: Worker;
  private watch?: number;
  private heardAt = Date.now();
  private refused = false;
  private letGo?: () => void;
  private readonly wake = () => this.worker?.postMessage("now");
  private readonly freeze = () => void navigator.sendBeacon?.(this.dataset.href!, new Blob(["{}"], { type: "application/json" }));

  connectedCallback(): void {
    this.heardAt = Date.now();
    this.refused = false;
    this.worker = new Worker(this.dataset.worker!);
    this.worker.onmessage = ({ data }) => this.hear(data.status, data.body);
    this.worker.postMessage({ href: this.dataset.href!, every: this.every });
    this.watch = window.setInterval(() => this.judge(), 1000);
    document.addEventListener("resume", this.wake);
    document.addEventListener("freeze", this.freeze);
    document.addEventListener("visibilitychange", this.wake);
    addEventListener("online", this.wake);
    addEventListener("pageshow", this.wake);
    this.stayAwake();
  }

  disconnectedCallback(): void {
    this.worker?.terminate();
    this.worker = undefined;
    clearInterval(this.watch);
    document.removeEventListener("resume", this.wake);
    document.removeEventListener("freeze", this.freeze);
    document.removeEventListener("visibilitychange", this.wake);
    removeEventListener("online", this.wake);
    removeEventListener("pageshow", this.wake);
    this.letGo?.();
  }

  adopt(newer: Element): void {
    const { href, every } = this.dataset;
    for (const name of ["data-href", "data-every"]) this.setAttribute(name, newer.getAttribute(name) ?? "");
    if (href !== this.dataset.href || every !== this.dataset.every) this.worker?.postMessage({ href: this.dataset.href!, every: this.every });
  }

  private get every(): number {
    return Number(this.dataset.every) || 20;
  }

  // Browsers put a page in the background to sleep, its workers too, unless it holds a lock.
  private stayAwake(): void {
    void navigator.locks?.request(`evenhand-beat-${crypto.getRandomValues(new Uint32Array(1))[0]}`, () => new Promise<void>((done) => (this.letGo = done))).catch(() => {});
  }

  private hear(status: number, body: { ok?: boolean; state?: string; now?: number } | null): void {
    this.refused = [401, 403, 404, 409, 410].includes(status) || body?.ok === false;
    if (status >= 200 && status < 300 && !this.refused) this.heardAt = Date.now();
    heard(body?.now);
    this.judge();
    this.dispatchEvent(new CustomEvent("eh:beat", { bubbles: true, detail: { status, ...body } }));
  }

  private judge(): void {
    const missed = (Date.now() - this.heardAt) / 1000 / this.every;
    this.say(this.refused || missed >= 3 ? "lost" : missed > 1.6 ? "late" : "on");
  }

  private say(state: State): void {
    const text = this.querySelector("[data-beat-text]");
    const said = this.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
    if (text && text.textContent !== said) text.textContent = said;
    if (this.dataset.state === state) return;
    this.dataset.state = state;
    this.dispatchEvent(new CustomEvent("eh:beat-state", { bubbles: true, detail: { state } }));
  }
}

customElements.define("eh-beat", Beat);
