import { formatter } from "./numbers";

/** The page's colours as they are at this moment. */
export function themeOf(element: Element) {
  const probe = document.createElement("i");
  probe.hidden = true;
  element.append(probe);
  const style = getComputedStyle(probe);
  const known = new Map<string, string>();
  const read = (name: string) => {
    probe.style.color = `var(--${name})`;
    return style.color;
  };
  return {
    font: style.fontFamily,
    color: (name: string) => known.get(name) ?? known.set(name, read(name)).get(name)!,
    done: () => probe.remove(),
  };
}

/** Replaces "$name" by the colour --name and "@format" by a number formatter, all the way down. */
export function resolveTokens(value: unknown, theme: ReturnType<typeof themeOf>, key = ""): unknown {
  if (Array.isArray(value)) return key === "data" && !value.some((item) => item && typeof item === "object") ? value : value.map((item) => resolveTokens(item, theme, key));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolveTokens(inner, theme, name)]));
  if (typeof value !== "string" || key === "name") return value;
  if (/^\$[a-z][a-z0-9-]*$/.test(value)) return theme.color(value.slice(1));
  const named = key === "formatter" ? /^(.*)@([a-z]+(?::\w+)?)$/.exec(value) : null;
  if (named) {
    const format = formatter(named[2]);
    return (given: unknown) => named[1] + format(typeof given === "object" && given ? pick(given as Record<string, unknown>) : (given as number));
  }
  return value;
}

function pick(hit: Record<string, unknown>): number {
  const value = Array.isArray(hit.value) ? hit.value[hit.value.length - 1] : hit.value;
  return Number(value);
}
