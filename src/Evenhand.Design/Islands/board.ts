import { readPage, serverNow } from "./clock";

/** A board on a wall: turns its pages every data-every seconds, keeps the screen awake, tells the time, and starts afresh when it was cut off for long. */
class Board extends HTMLElement {
  private turning?: number;
  private ticking?: number;
  private at = 0;
  private lock?: { release(): Promise<void> };
  private readonly back = (event: Event) => {
    // After long without news there may be a new program behind the page.
    if ((event as CustomEvent<{ away: number }>).detail.away > 120_000) location.reload();
  };
  private readonly seen = () => void this.stayAwake();
  private readonly filled = () => this.toggleAttribute("data-full", document.fullscreenElement !== null);

  connectedCallback(): void {
    readPage();
    this.addEventListener("click", this.clicked);
    document.addEventListener("eh:live-back", this.back);
    document.addEventListener("visibilitychange", this.seen);
    document.addEventListener("fullscreenchange", this.filled);
    this.ticking = window.setInterval(() => this.tell(), 1000);
    this.filled();
    this.show();
    this.tell();
    void this.stayAwake();
  }

  disconnectedCallback(): void {
    clearInterval(this.ticking);
    clearTimeout(this.turning);
    this.removeEventListener("click", this.clicked);
    document.removeEventListener("eh:live-back", this.back);
    document.removeEventListener("visibilitychange", this.seen);
    document.removeEventListener("fullscreenchange", this.filled);
    void this.lock?.release();
    this.lock = undefined;
  }

  private get pages(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-board-page]")];
  }

  /** Shows one page and plans the next. Pages that a newer state brought or took are counted anew each time. */
  private show(): void {
    clearTimeout(this.turning);
    const pages = this.pages;
    this.at = pages.length === 0 ? 0 : (this.at + pages.length) % pages.length;
    pages.forEach((page, at) => page.toggleAttribute("data-off", at !== this.at));
    const place = this.querySelector("[data-board-place]");
    if (place) place.textContent = pages.length > 1 ? `${this.at + 1} / ${pages.length}` : "";
    const every = Number(this.dataset.every);
    if (every > 0 && this.dataset.held === undefined) this.turning = window.setTimeout(() => this.turn(1), every * 1000);
  }

  private turn(by: number): void {
    this.at += by;
    this.show();
  }

  private readonly clicked = (event: Event) => {
    const act = (event.target as Element).closest<HTMLElement>("[data-board]");
    if (act?.dataset.board === "full") void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {});
    if (act?.dataset.board === "next") this.turn(1);
    if (act?.dataset.board === "previous") this.turn(-1);
    if (act?.dataset.board === "hold") {
      act.setAttribute("aria-pressed", String(this.toggleAttribute("data-held")));
      this.show();
    }
  };

  private tell(): void {
    const clock = this.querySelector("[data-board-clock]");
    if (!clock) return;
    const text = new Intl.DateTimeFormat(document.documentElement.lang || "zh-CN", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false, timeZone: this.dataset.zone || undefined }).format(serverNow());
    if (clock.textContent !== text) clock.textContent = text;
    // A newer state of the page comes without the browser's own marks.
    const pages = this.pages;
    if (pages.some((page, at) => page.hasAttribute("data-off") === (at === this.at))) this.show();
  }

  private async stayAwake(): Promise<void> {
    if (document.hidden || !this.isConnected) return;
    try {
      this.lock = await (navigator as Navigator & { wakeLock?: { request(kind: string): Promise<{ release(): Promise<void> }> } }).wakeLock?.request("screen");
    } catch {
      this.lock = undefined;
    }
  }
}

customElements.define("eh-board", Board);
