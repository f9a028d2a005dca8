/** An island that knows itself what to take over from a newer state of the page. */
interface Adopting extends Element {
  adopt(newer: Element): void;
}

/**
 * What comes from the server while somebody works must not take the work away: a field that has the focus or was changed stays as it is, what was opened stays open,
 * and a form that is being filled in or is on its way stays even when the newer page has it no more.
 */
export function guardMorphs(): void {
  document.addEventListener("turbo:before-morph-element", (event) => {
    const { currentElement: current, newElement: newer } = (event as CustomEvent<{ currentElement: Element; newElement?: Element }>).detail;
    if (!newer) {
      if (isBeingUsed(current)) event.preventDefault();
    } else if ("adopt" in current) {
      event.preventDefault();
      (current as Adopting).adopt(newer);
    } else if (current.matches(own) && newer.getAttribute("name") === current.getAttribute("name")) {
      event.preventDefault();
    } else if (isField(current) && (isFocused(current) || isChanged(current))) {
      event.preventDefault();
    } else if (current instanceof HTMLFormElement && current.dataset.busy !== undefined) {
      event.preventDefault();
    }
  });
  document.addEventListener("turbo:before-morph-attribute", (event) => {
    const target = event.target as Element;
    const name = (event as CustomEvent<{ attributeName: string }>).detail.attributeName;
    if (isOwn(target, name)) event.preventDefault();
  });
  // A form that stays on the page after it was accepted may be sent again, and that is another time.
  document.addEventListener("turbo:submit-end", (event) => {
    const { success } = (event as CustomEvent<{ success: boolean }>).detail;
    if (success) (event.target as Element).querySelector("input[name=idempotencyKey]")?.setAttribute("value", newKey());
  });
}

// The page's own secrets of a form: a newer state of the page has others, made for nobody.
const own = "input[name=idempotencyKey], input[name=__RequestVerificationToken]";

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
export const isField = (element: Element): element is Field => element.matches("input, textarea, select");
const isFocused = (element: Element) => element === document.activeElement && !element.matches("[type=hidden], [type=submit], [type=button]");

/** Whether the reader changed the field since it was made. */
export function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    const given = options.some((option) => option.defaultSelected);
    return options.some((option, at) => option.selected !== (given || field.multiple ? option.defaultSelected : at === 0));
  }
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

/** Whether taking the element away would take away what somebody types or reads; data-live-discard says that this is meant. */
function isBeingUsed(element: Element): boolean {
  if (element.closest("[data-live-discard]")) return false;
  if (element.matches("dialog:modal") || element.querySelector("dialog:modal")) return true;
  const fields = [...(isField(element) ? [element] : []), ...element.querySelectorAll<Field>("input, textarea, select")];
  return fields.some((field) => isChanged(field) || (isFocused(field) && field.value !== ""));
}

/** What belongs to the page in the browser and not to the server's picture of it. */
function isOwn(target: Element, name: string): boolean {
  if (name === "open") return target.matches("dialog, details");
  if (name === "checked") return target.matches("#shell-drawer");
  return ["data-busy", "data-off", "data-held", "data-full"].includes(name) || name === "aria-busy" || (name === "aria-keyshortcuts" && target.hasAttribute("data-key"));
}

/**
 * A fragment is made once for all who look at it, and by nobody's request: each form gets a key of its own, so that two people's do not count as the same, and the page's token.
 */
export function prepareForms(markup: string, token: string | undefined): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = markup;
  for (const inner of template.content.querySelectorAll("template")) {
    for (const key of inner.content.querySelectorAll<HTMLInputElement>("input[name=idempotencyKey]")) key.setAttribute("value", newKey());
    for (const form of inner.content.querySelectorAll<HTMLFormElement>("form[method=post]")) {
      if (!token || form.querySelector("[name=__RequestVerificationToken]")) continue;
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = "__RequestVerificationToken";
      input.setAttribute("value", token);
      const key = form.querySelector("input[name=idempotencyKey]");
      if (key) key.before(input);
      else form.append(input);
    }
  }
  return template.content;
}

// crypto.randomUUID is kept from pages that do not come by https.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
