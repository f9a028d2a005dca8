// Timers of a page in the background are slowed down to one a minute; a worker's are not.
interface Order {
  href: string;
  every: number;
}

let order: Order | undefined;
let timer: ReturnType<typeof setInterval> | undefined;

async function beat(): Promise<void> {
  if (!order) return;
  const { href, every } = order;
  try {
    const answer = await fetch(href, {
      method: "POST", credentials: "same-origin", cache: "no-store", redirect: "manual", headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: "{}", signal: AbortSignal.timeout(Math.max(4000, every * 900)),
    });
    const text = answer.ok ? await answer.text() : "";
    postMessage({ status: answer.type === "opaqueredirect" ? 401 : answer.status, body: text ? JSON.parse(text) : null });
  } catch {
    postMessage({ status: 0, body: null });
  }
}

addEventListener("message", ({ data }: MessageEvent<Order | "now">) => {
  if (data !== "now") {
    order = data;
    clearInterval(timer);
    timer = setInterval(beat, data.every * 1000);
  }
  void beat();
});
