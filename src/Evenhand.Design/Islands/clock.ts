interface Skew {
  /** Server minus browser, in milliseconds. */
  value: number;
  samples: number[];
}

// Each island is a file of its own: what they share lies beside the document, not in one of them.
const shared = globalThis as unknown as Record<symbol, Skew | undefined>;
const key = Symbol.for("evenhand.clock");
const skew: Skew = (shared[key] ??= { value: 0, samples: [] });

/** The server's time now, as unix milliseconds. */
export const serverNow = (): number => Date.now() + skew.value;

/** A stamp the server put on a message that has just arrived. It was under way for a while, so the best of the last ones is the one that makes the server's clock latest. */
export function heard(stamp: number | undefined): void {
  if (!stamp) return;
  skew.samples = [...skew.samples.slice(-7), stamp - Date.now()];
  skew.value = Math.max(...skew.samples);
}

/** The stamp of the page, which was made about when its first byte came. Any live message knows better. */
export function readPage(): void {
  if (skew.samples.length > 0) return;
  const made = Number(document.querySelector<HTMLMetaElement>("meta[name='server-time']")?.content);
  if (!made) return;
  const load = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  const first = load && load.responseStart > 0 ? Date.now() - (performance.now() - load.responseStart) : Date.now();
  skew.value = made - first;
}
