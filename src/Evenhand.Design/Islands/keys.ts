interface Stroke {
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  meta: boolean;
  key: string;
}

/** data-key="F2" or "alt+a" on a button or a link makes the key press it; "?" lists them all. */
class Keys extends HTMLElement {
  private readonly press = (event: KeyboardEvent) => this.onKey(event);
  private readonly watcher = new MutationObserver(mark);

  connectedCallback(): void {
    document.addEventListener("keydown", this.press);
    this.addEventListener("click", this.open);
    this.watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-key"] });
    mark();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.press);
    this.removeEventListener("click", this.open);
    this.watcher.disconnect();
  }

  adopt(): void {
    mark();
  }

  private readonly open = (event: Event) => {
    if ((event.target as Element).closest("[data-keys-open]")) this.list();
  };

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented || event.repeat) return;
    const typing = (event.target as Element).closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]");
    const strong = event.ctrlKey || event.altKey || event.metaKey || /^F\d+$/.test(event.key);
    if (typing && !strong) return;
    if (event.key === "Enter" && !strong && (event.target as Element).closest?.("a[href], button, summary")) return;
    const modal = document.querySelector("dialog:modal");
    if (event.key === "?" && !strong && !modal) {
      event.preventDefault();
      this.list();
      return;
    }
    const found = [...(modal ?? document).querySelectorAll<HTMLElement>("[data-key]")].find((one) => usable(one) && strokes(one).some((stroke) => fits(stroke, event)));
    if (!found) return;
    event.preventDefault();
    found.click();
  }

  private list(): void {
    const dialog = this.querySelector("dialog");
    const body = dialog?.querySelector("tbody");
    if (!dialog || !body || dialog.open) return;
    const seen = new Set<string>();
    body.replaceChildren();
    for (const one of document.querySelectorAll<HTMLElement>("[data-key]")) {
      if (!usable(one) || seen.has(one.dataset.key!)) continue;
      seen.add(one.dataset.key!);
      const row = body.insertRow();
      const keys = row.insertCell();
      for (const stroke of strokes(one)) {
        const shown = document.createElement("kbd");
        shown.textContent = written(stroke);
        keys.append(shown, " ");
      }
      row.insertCell().textContent = label(one);
    }
    dialog.showModal();
  }
}

// Two elements may share a key when only one of them is there for the reader at a time.
const usable = (one: HTMLElement) => !one.matches(":disabled, [aria-disabled=true]") && one.checkVisibility({ visibilityProperty: true });
const label = (one: HTMLElement) => (one.dataset.keyLabel ?? one.getAttribute("aria-label") ?? one.textContent ?? "").replace(/\s+/g, " ").trim();
const strokes = (one: HTMLElement): Stroke[] => one.dataset.key!.split(" ").filter(Boolean).map(read);

function read(text: string): Stroke {
  const parts = text.toLowerCase().split("+");
  const key = parts.pop()!;
  return { ctrl: parts.includes("ctrl"), alt: parts.includes("alt"), shift: parts.includes("shift"), meta: parts.includes("meta"), key };
}

function fits(stroke: Stroke, event: KeyboardEvent): boolean {
  // Alt gives other letters on some keyboards, and an input method takes the key away: the place on the keyboard is what stays.
  const pressed = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase();
  return (pressed === stroke.key || (event.key.toLowerCase() === stroke.key && !stroke.alt)) && event.ctrlKey === stroke.ctrl && event.altKey === stroke.alt && event.metaKey === stroke.meta
    && (event.shiftKey === stroke.shift || stroke.key.length === 1 && !/[a-z0-9]/.test(stroke.key));
}

function written(stroke: Stroke): string {
  const key = stroke.key.length === 1 || /^f\d+$/.test(stroke.key) ? stroke.key.toUpperCase() : stroke.key[0].toUpperCase() + stroke.key.slice(1);
  return [stroke.ctrl && "Ctrl", stroke.alt && "Alt", stroke.shift && "Shift", stroke.meta && "Meta", key].filter(Boolean).join("+");
}

function mark(): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const said = strokes(one).map((stroke) => written(stroke).replace("Ctrl", "Control")).join(" ");
    if (one.getAttribute("aria-keyshortcuts") !== said) one.setAttribute("aria-keyshortcuts", said);
  }
}

customElements.define("eh-keys", Keys);
