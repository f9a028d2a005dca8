import { serverNow } from "./clock";

interface Choice {
  volume: number;
  mute: boolean;
}

const stored = "evenhand.ring";
const fallback: Choice = { volume: 0.7, mute: false };

function choice(): Choice {
  try {
    return { ...fallback, ...JSON.parse(localStorage.getItem(stored) ?? "{}") };
  } catch {
    return fallback;
  }
}

function keep(given: Choice): void {
  try {
    localStorage.setItem(stored, JSON.stringify(given));
  } catch {
    // A browser that keeps nothing still rings.
  }
  bell.adjust();
  controls.forEach((control) => control.show());
}

/** The one bell of the page: rings while anybody asks for it. */
class Bell {
  private context?: AudioContext;
  private gain?: GainNode;
  private source?: AudioBufferSourceNode;
  private readonly reasons = new Map<object, { title: string; until: number }>();
  private flash?: number;
  private title = "";
  private notice?: Notification;

  get ringing(): boolean {
    return this.reasons.size > 0;
  }

  /** Whether the browser waits for a click before it lets a page be heard. */
  get blocked(): boolean {
    return this.context?.state === "suspended";
  }

  start(reason: object, title: string, body: string, until = Infinity): void {
    const first = !this.ringing;
    this.reasons.set(reason, { title, until });
    if (first) {
      this.sound();
      this.startFlash();
    }
    this.limit();
    this.notify(title, body);
    controls.forEach((control) => control.show());
  }

  stop(reason: object): void {
    if (!this.reasons.delete(reason) || this.ringing) return;
    this.source?.stop();
    this.source = undefined;
    this.notice?.close();
    this.stopFlash();
    controls.forEach((control) => control.show());
  }

  /** Asks the browser to let the page be heard; works inside a click. */
  async unlock(): Promise<void> {
    await this.open().resume();
    controls.forEach((control) => control.show());
  }

  /** Finds out whether a click is needed, before somebody waits for a sound that does not come. */
  open(): AudioContext {
    if (!this.context) {
      this.context = new AudioContext();
      this.context.onstatechange = () => controls.forEach((control) => control.show());
      this.gain = this.context.createGain();
      this.gain.connect(this.context.destination);
    }
    this.adjust();
    return this.context;
  }

  adjust(): void {
    const { volume, mute } = choice();
    // Loudness is heard by its square, roughly.
    if (this.gain) this.gain.gain.value = mute ? 0 : volume * volume;
  }

  try(): void {
    const reason = {};
    this.reasons.set(reason, { title: "", until: Infinity });
    this.sound();
    setTimeout(() => this.stop(reason), 1200);
  }

  private sound(): void {
    if (this.source) return;
    const context = this.open();
    void context.resume().catch(() => {});
    this.source = context.createBufferSource();
    this.source.buffer = tone(context);
    this.source.loop = true;
    this.source.connect(this.gain!);
    this.source.start();
  }

  /** The audio device keeps the time even when the page's timers are slow. */
  private limit(): void {
    const left = (Math.max(...[...this.reasons.values()].map((reason) => reason.until)) - serverNow()) / 1000;
    if (this.source && this.context) this.source.stop(this.context.currentTime + Math.min(Math.max(0, left), 86_400));
  }

  private startFlash(): void {
    const said = () => [...this.reasons.values()][0]?.title;
    if (!said()) return;
    this.title = document.title;
    let lit = false;
    this.flash = window.setInterval(() => {
      lit = !lit;
      document.title = lit ? `● ${said() ?? this.title}` : this.title;
    }, 900);
  }

  private stopFlash(): void {
    if (this.flash === undefined) return;
    clearInterval(this.flash);
    this.flash = undefined;
    document.title = this.title;
  }

  private notify(title: string, body: string): void {
    if (!title || !document.hidden || !("Notification" in window) || Notification.permission !== "granted") return;
    this.notice = new Notification(title, { body, tag: "evenhand-offer" });
    this.notice.onclick = () => {
      focus();
      this.notice?.close();
    };
  }
}

/** Two short double tones and a rest, looped by the audio device itself, which no background tab slows down. */
function tone(context: AudioContext): AudioBuffer {
  const rate = context.sampleRate;
  const buffer = context.createBuffer(1, Math.round(rate * 2.4), rate);
  const wave = buffer.getChannelData(0);
  for (const start of [0, 0.5])
    for (let at = 0; at < rate * 0.38; at++) {
      const seconds = at / rate;
      const edge = Math.min(1, seconds / 0.015, (0.38 - seconds) / 0.06);
      wave[Math.round(start * rate) + at] = 0.42 * edge * (Math.sin(2 * Math.PI * 660 * seconds) + 0.6 * Math.sin(2 * Math.PI * 880 * seconds));
    }
  return buffer;
}

const bell = new Bell();
const controls = new Set<RingControl>();

/** Rings while it is on the page, until data-until (unix milliseconds of the server). */
class Ring extends HTMLElement {
  static observedAttributes = ["data-until"];
  private timer?: number;

  connectedCallback(): void {
    this.attributeChangedCallback();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    bell.stop(this);
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return;
    clearTimeout(this.timer);
    const left = this.dataset.until ? Number(this.dataset.until) - serverNow() : Infinity;
    if (left <= 0) bell.stop(this);
    else {
      bell.start(this, this.dataset.title ?? "", this.dataset.body ?? "", this.dataset.until ? Number(this.dataset.until) : Infinity);
      if (left < 2 ** 31) this.timer = window.setTimeout(() => bell.stop(this), left);
    }
  }
}

/** Volume, mute, a try, and the button that is needed where browsers want a click first. */
class RingControl extends HTMLElement {
  connectedCallback(): void {
    controls.add(this);
    this.addEventListener("click", this.clicked);
    this.addEventListener("input", this.slide);
    bell.open();
    this.show();
  }

  disconnectedCallback(): void {
    controls.delete(this);
  }

  adopt(): void {
    this.show();
  }

  show(): void {
    const { volume, mute } = choice();
    this.dataset.state = bell.blocked ? "blocked" : mute ? "mute" : bell.ringing ? "ringing" : "ready";
    const part = <T extends HTMLElement>(name: string) => this.querySelector<T>(`[data-ring=${name}]`);
    part("unlock")?.toggleAttribute("hidden", !bell.blocked);
    part("mute")?.setAttribute("aria-pressed", String(mute));
    const slider = part<HTMLInputElement>("volume");
    if (slider && slider !== document.activeElement) slider.value = String(Math.round(volume * 100));
    part("notify")?.toggleAttribute("hidden", !("Notification" in window) || Notification.permission !== "default");
  }

  private readonly clicked = (event: Event) => {
    const name = (event.target as Element).closest<HTMLElement>("[data-ring]")?.dataset.ring;
    if (name === "unlock") void bell.unlock();
    if (name === "mute") keep({ ...choice(), mute: !choice().mute });
    if (name === "try") void bell.unlock().then(() => bell.try());
    if (name === "notify") void Notification.requestPermission().then(() => this.show());
  };

  private readonly slide = (event: Event) => {
    const slider = (event.target as Element).closest<HTMLInputElement>("[data-ring=volume]");
    if (slider) keep({ volume: Number(slider.value) / 100, mute: false });
  };
}

// A click anywhere is enough for the browser; the button is for those who have not clicked yet.
document.addEventListener("pointerdown", () => bell.blocked && void bell.unlock(), true);
document.addEventListener("keydown", () => bell.blocked && void bell.unlock(), true);
document.addEventListener("eh:signal:ring", (event) => {
  const { key = "signal", until, title = "", body = "" } = ((event as CustomEvent).detail.payload ?? {}) as Record<string, string | number>;
  const reason = signalled.get(String(key)) ?? {};
  signalled.set(String(key), reason);
  const end = until ? Number(until) : serverNow() + 30_000;
  bell.start(reason, String(title), String(body), end);
  setTimeout(() => bell.stop(reason), Math.max(0, end - serverNow()));
});
document.addEventListener("eh:signal:ring-stop", (event) => {
  const reason = signalled.get(String((event as CustomEvent).detail.payload?.key ?? "signal"));
  if (reason) bell.stop(reason);
});
const signalled = new Map<string, object>();
document.addEventListener("turbo:before-render", () => signalled.forEach((reason) => bell.stop(reason)));

customElements.define("eh-ring", Ring);
customElements.define("eh-ring-control", RingControl);
