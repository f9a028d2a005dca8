import { isChanged, isField, type Field } from "./morph";

interface Morphing {
  morphChildren(current: Element, newer: Element): void;
}

/**
 * Something that is filled in while the page changes around it. With data-save what is typed is kept on the server as it is typed; with data-version the reader is told
 * when somebody else was faster; with data-lazy it belongs to the browser once it is there.
 */
class Draft extends HTMLElement {
  private timer?: number;
  private newer?: Element;
  private readonly elsewhere = (event: Event) => {
    if (!this.contains(event.target as Node) && this.timer !== undefined) void this.save();
  };

  connectedCallback(): void {
    this.addEventListener("input", this.typed);
    this.addEventListener("click", this.put);
    this.addEventListener("turbo:submit-start", this.leaving);
    document.addEventListener("submit", this.elsewhere, true);
    addEventListener("pagehide", this.elsewhere);
  }

  disconnectedCallback(): void {
    this.removeEventListener("input", this.typed);
    this.removeEventListener("click", this.put);
    this.removeEventListener("turbo:submit-start", this.leaving);
    document.removeEventListener("submit", this.elsewhere, true);
    removeEventListener("pagehide", this.elsewhere);
    clearTimeout(this.timer);
  }

  adopt(newer: Element): void {
    if (this.dataset.lazy !== undefined) return;
    const { version } = (newer as HTMLElement).dataset;
    if (version !== this.dataset.version && this.fields.some(isChanged)) {
      this.newer = newer.cloneNode(true) as Element;
      this.ask();
      return;
    }
    this.take(newer);
  }

  private get fields(): Field[] {
    return [...this.querySelectorAll<Field>("input, textarea, select")].filter((field) => field.type !== "hidden");
  }

  private take(newer: Element): void {
    const { version } = (newer as HTMLElement).dataset;
    if (version !== undefined) this.dataset.version = version;
    this.newer = undefined;
    (window as unknown as { Turbo: Morphing }).Turbo.morphChildren(this, newer);
  }

  private readonly typed = (event: Event) => {
    if (this.dataset.save === undefined || !isField(event.target as Element)) return;
    clearTimeout(this.timer);
    this.say("saving");
    this.timer = window.setTimeout(() => void this.save(), 500);
  };

  private readonly put = (event: Event) => {
    const text = (event.target as Element).closest<HTMLElement>("[data-put]")?.dataset.put;
    const field = this.querySelector<HTMLTextAreaElement>("textarea");
    if (!text || !field) return;
    field.value = field.value.trim() === "" ? text : `${field.value.trimEnd()}\n${text}`;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // What is sent needs not be kept any more; a refusal brings a state that says otherwise.
  private readonly leaving = () => {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const field of this.fields) settle(field);
    if (this.dataset.save !== undefined) this.closest("article")?.setAttribute("data-live-discard", "");
  };

  private async save(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const sent = this.fields.map((field) => ({ field, value: valueOf(field) }));
    const body: Record<string, unknown> = { keep: true };
    for (const { field, value } of sent) if (value !== undefined && value !== "") body[field.name] = value;
    let ok = false;
    try {
      ok = (await fetch(this.dataset.save!, { method: "POST", credentials: "same-origin", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).ok;
    } catch {
      ok = false;
    }
    if (ok) for (const { field, value } of sent) if (valueOf(field) === value) settle(field);
    if (this.timer !== undefined) return;
    this.say(ok ? "saved" : "failed");
    if (!ok && this.isConnected) this.timer = window.setTimeout(() => void this.save(), 4000);
  }

  private say(what: "saving" | "saved" | "failed"): void {
    const said = this.querySelector("[data-draft-said]");
    if (said) said.textContent = this.dataset[`text${what[0].toUpperCase()}${what.slice(1)}`] ?? "";
    this.dataset.state = what;
  }

  /** Somebody else changed what is being filled in: the reader chooses whose words stay. */
  private ask(): void {
    const box = this.querySelector<HTMLElement>("[data-draft-conflict]");
    if (!box) return;
    const choice = (text: string, act: () => void) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = text;
      button.addEventListener("click", act);
      return button;
    };
    const said = document.createElement("div");
    said.textContent = this.dataset.textChanged ?? "";
    const version = (this.newer as HTMLElement).dataset.version!;
    box.className = "notice warn";
    box.setAttribute("role", "alert");
    box.replaceChildren(said, choice(this.dataset.textTake ?? "", () => {
      this.querySelector("form")?.reset();
      if (this.newer) this.take(this.newer);
      box.hidden = true;
    }), choice(this.dataset.textMine ?? "", () => {
      this.dataset.version = version;
      this.querySelector("input[name=version]")?.setAttribute("value", version);
      box.hidden = true;
    }));
    box.hidden = false;
  }
}

function valueOf(field: Field): string | undefined {
  return field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type) ? (field.checked ? field.value : undefined) : field.value;
}

/** From now on what stands in the field is what the server knows. */
function settle(field: Field): void {
  if (field instanceof HTMLSelectElement) for (const option of field.options) option.defaultSelected = option.selected;
  else if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) field.defaultChecked = field.checked;
  else field.defaultValue = field.value;
}

customElements.define("eh-draft", Draft);
