import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";
import { heard } from "./clock";
import { guardMorphs, prepareForms } from "./morph";

type State = "new" | "on" | "waiting" | "off";

/** One connection to a hub for all who listen on the page. It never gives up; when it was away, the page fetches itself anew without losing what is typed. */
class Link {
  private readonly connection: HubConnection;
  private readonly topics = new Map<string, number>();
  private readonly refused = new Set<string>();
  private readonly listeners = new Set<Live>();
  private held: string[] | undefined;
  private stale = 0;
  private attempt = 0;
  private lostAt = 0;
  private leaving: number | undefined;
  state: State = "new";

  constructor(private readonly hub: string) {
    this.connection = new HubConnectionBuilder().withUrl(hub).configureLogging(LogLevel.None).build();
    this.connection.on("stream", (markup: string, now: number) => {
      heard(now);
      if (this.held) this.held.push(markup);
      else apply(markup);
    });
    this.connection.on("signal", (topic: string, name: string, payload: unknown, now: number) => {
      heard(now);
      if (name === "refresh") setTimeout(() => void this.renew(), Math.random() * 1500);
      const detail = { topic, name, payload };
      document.dispatchEvent(new CustomEvent("eh:signal", { detail }));
      document.dispatchEvent(new CustomEvent(`eh:signal:${name}`, { detail }));
    });
    this.connection.onclose(() => {
      if (this.listeners.size === 0) return;
      this.lose();
      void this.start();
    });
    setTimeout(() => this.state === "new" && this.say("waiting"), 3000);
    void this.start();
  }

  enter(live: Live): void {
    clearTimeout(this.leaving);
    this.listeners.add(live);
    for (const topic of live.topics) {
      this.topics.set(topic, (this.topics.get(topic) ?? 0) + 1);
      void this.join(topic, live.mark);
    }
    live.show(this.state);
  }

  exit(live: Live): void {
    this.listeners.delete(live);
    for (const topic of live.topics) {
      const left = (this.topics.get(topic) ?? 1) - 1;
      if (left > 0) this.topics.set(topic, left);
      else {
        this.topics.delete(topic);
        if (this.connection.state === HubConnectionState.Connected) this.connection.invoke("Leave", topic).catch(() => {});
      }
    }
    // The next page usually listens too: the connection waits for it a moment.
    if (this.listeners.size === 0)
      this.leaving = window.setTimeout(() => {
        links.delete(this.hub);
        void this.connection.stop();
      }, 1500);
  }

  /** Fetches the page anew, once more when that was asked for meanwhile. What comes in the meantime is kept, so that an older page is not laid over it. */
  private async renew(before?: () => Promise<void>): Promise<void> {
    this.stale++;
    if (this.held) {
      await before?.();
      return;
    }
    this.held = [];
    try {
      await before?.();
      for (let seen = 0, attempt = 0; seen !== this.stale && this.listeners.size > 0 && attempt < attempts; ) {
        const asked = this.stale;
        if (await fetchPage()) {
          [seen, attempt] = [asked, 0];
          continue;
        }
        // On coming back it is fetched anyway. Until the next attempt nobody waits for what was kept.
        if (this.connection.state !== HubConnectionState.Connected) break;
        this.held.splice(0).forEach(apply);
        await pause(attempt++);
      }
    } finally {
      const held = this.held;
      this.held = undefined;
      held.forEach(apply);
    }
  }

  private async start(): Promise<void> {
    while (this.connection.state === HubConnectionState.Disconnected) {
      try {
        await this.connection.start();
        this.attempt = 0;
        await this.ready();
        return;
      } catch (fault) {
        if ([401, 403, 410].includes((fault as { statusCode?: number }).statusCode ?? 0)) this.say("off");
        await pause(this.attempt++);
        if (this.listeners.size === 0) return;
      }
    }
  }

  private async ready(): Promise<void> {
    const away = this.lostAt === 0 ? 0 : Date.now() - this.lostAt;
    this.lostAt = 0;
    // A page that was away is fetched anew in any case: how old it is need not be asked.
    const join = () => Promise.all([...this.listeners].flatMap((live) => live.topics.map((topic) => this.join(topic, away === 0 ? live.mark : null)))).then(() => {});
    if (away === 0) await join();
    else {
      document.dispatchEvent(new CustomEvent("eh:live-back", { detail: { away } }));
      await this.renew(join);
    }
    this.say("on");
  }

  private async join(topic: string, mark: string | null): Promise<void> {
    if (this.connection.state !== HubConnectionState.Connected) return;
    try {
      await this.connection.invoke("Join", topic, mark);
      this.refused.delete(topic);
    } catch {
      this.refused.add(topic);
    }
    this.say(this.state === "waiting" && this.lostAt !== 0 ? "waiting" : "on");
  }

  private lose(): void {
    if (this.lostAt === 0) this.lostAt = Date.now();
    this.say("waiting");
  }

  private say(state: State): void {
    this.state = state;
    for (const live of this.listeners) live.show(state === "on" && live.topics.some((topic) => this.refused.has(topic)) ? "off" : state);
  }
}

// Soon at first, then every ten seconds or so; hundreds of pages must not come back in the same moment. A page in the background has slow timers:
// a beat that was heard says that the server is there again.
function pause(attempt: number): Promise<void> {
  const after = [300, 1000, 2000, 4000, 7000, 10000][Math.min(attempt, 5)] * (0.5 + Math.random());
  return new Promise((done) => {
    const over = new AbortController();
    const go = () => {
      over.abort();
      clearTimeout(timer);
      done();
    };
    const timer = setTimeout(go, after);
    document.addEventListener("eh:beat", (event) => (event as CustomEvent<{ status: number }>).detail.status === 200 && go(), { signal: over.signal });
    addEventListener("online", go, { signal: over.signal });
  });
}

// How often a page that the server cannot make is asked for: half a minute's worth.
const attempts = 7;
const links = new Map<string, Link>();

function apply(markup: string): void {
  const token = document.querySelector<HTMLInputElement>("eh-live input[name=__RequestVerificationToken], form input[name=__RequestVerificationToken]")?.value;
  document.body.append(prepareForms(markup, token));
}

/** Lays the page as it is now over the one that is shown; false when that has to be tried again. Another page, a signed-out reader or newer programs need a real load. */
async function fetchPage(): Promise<boolean> {
  const address = location.href;
  let answer: Response;
  try {
    answer = await fetch(address, { headers: { Accept: "text/html" }, credentials: "same-origin", cache: "no-store" });
  } catch {
    return false;
  }
  if (answer.status >= 500) return false;
  const text = await answer.text().catch(() => undefined);
  if (text === undefined) return false;
  // The reader has gone on to another page, which says itself how old it is.
  if (location.href !== address) return true;
  const page = new DOMParser().parseFromString(text, "text/html");
  const parts = [...document.querySelectorAll("[data-live-refresh][id]")].map((part) => page.getElementById(part.id));
  if (!answer.ok || answer.redirected || parts.length === 0 || parts.includes(null) || programs(page) !== programs(document)) {
    location.reload();
    return true;
  }
  for (const part of parts as Element[]) {
    const stream = document.createElement("turbo-stream");
    for (const [name, value] of [["action", "replace"], ["method", "morph"], ["target", part.id]]) stream.setAttribute(name, value);
    const template = document.createElement("template");
    template.content.append(document.importNode(part, true));
    stream.append(template);
    document.body.append(stream);
  }
  document.dispatchEvent(new CustomEvent("eh:refreshed"));
  return true;
}

const programs = (page: Document) => [...page.head.querySelectorAll("[data-turbo-track=reload]")].map((one) => one.getAttribute("src") ?? one.getAttribute("href")).join();

/** Listens to topics of a hub: "stream" (Turbo Stream markup) is put into the page, "signal" becomes a DOM event. Says whether it is connected. */
class Live extends HTMLElement {
  topics: string[] = [];
  private link?: Link;

  get mark(): string {
    return this.dataset.mark ?? "";
  }

  connectedCallback(): void {
    this.topics = (this.dataset.topic ?? "").split(" ").filter(Boolean);
    const hub = this.dataset.hub!;
    this.link = links.get(hub) ?? links.set(hub, new Link(hub)).get(hub)!;
    this.link.enter(this);
  }

  disconnectedCallback(): void {
    this.link?.exit(this);
    this.link = undefined;
  }

  adopt(newer: Element): void {
    const topic = newer.getAttribute("data-topic") ?? "";
    this.dataset.mark = newer.getAttribute("data-mark") ?? "";
    if (topic === this.dataset.topic) return;
    this.link?.exit(this);
    this.dataset.topic = topic;
    this.connectedCallback();
  }

  show(state: State): void {
    this.dataset.state = state;
    const text = this.querySelector("[data-live-text]");
    const said = this.dataset[`text${state[0].toUpperCase()}${state.slice(1)}`] ?? "";
    if (text && text.textContent !== said) text.textContent = said;
    this.dispatchEvent(new CustomEvent("eh:live", { bubbles: true, detail: { state } }));
  }
}

guardMorphs();
customElements.define("eh-live", Live);
