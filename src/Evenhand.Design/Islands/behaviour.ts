// Small conveniences over plain HTML. Everything here has a working page without it.
export function startBehaviour(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("submit", guardSubmit);
  document.addEventListener("turbo:submit-end", (event) => release(event.target as HTMLFormElement));
  addEventListener("pageshow", () => document.querySelectorAll<HTMLFormElement>("form[data-busy]").forEach(release));
  document.addEventListener("change", submitFilter);
  document.addEventListener("keydown", onKey);
  document.addEventListener("toggle", closeSiblings, true);
  document.addEventListener("turbo:before-cache", tidy);
  document.addEventListener("turbo:frame-load", showFrame);
  document.addEventListener("turbo:load", settle);
  document.addEventListener("turbo:render", settle);
}

// What was open for a moment is not to be open when the reader comes back.
function tidy(): void {
  document.querySelectorAll<HTMLDialogElement>("dialog[open]").forEach((dialog) => dialog.close());
  document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]").forEach((menu) => (menu.open = false));
  const drawer = document.querySelector<HTMLInputElement>("#shell-drawer");
  if (drawer) drawer.checked = false;
}

export function settle(): void {
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-open]:not(:modal)")) {
    delete dialog.dataset.open;
    dialog.close();
    dialog.showModal();
  }
  // Good news leaves by itself; anything else waits to be read.
  for (const toast of document.querySelectorAll<HTMLElement>(".toast.ok:not([data-leaving])")) {
    toast.dataset.leaving = "";
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : toast.remove());
    setTimeout(leave, 8000);
  }
}

// A frame inside a dialog: what a link fetched into it is shown there.
function showFrame(event: Event): void {
  const dialog = (event.target as Element).closest<HTMLElement>("[data-dialog-frame]")?.closest("dialog");
  if (dialog && !dialog.open) dialog.showModal();
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  if (target.closest("[data-print]")) print();
  const opener = target.closest<HTMLAnchorElement>("a[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.hash.slice(1));
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = target.closest("[data-close]");
  if (closer) {
    const dialog = closer.closest("dialog");
    if (dialog?.open) {
      event.preventDefault();
      dialog.close();
    }
    const toast = closer.closest("[data-toast]");
    if (toast) {
      event.preventDefault();
      toast.remove();
    }
  }
  if (target instanceof HTMLDialogElement && target.open) target.close();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]"))
    if (!menu.contains(target)) menu.open = false;
}

function guardSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.busy !== undefined) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = "";
  event.submitter?.setAttribute("aria-busy", "true");
}

function release(form: HTMLFormElement): void {
  delete form.dataset.busy;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

function submitFilter(event: Event): void {
  const field = event.target as HTMLElement;
  const form = field.closest<HTMLFormElement>("form[data-auto-submit]");
  if (form && (form.dataset.autoSubmit === "all" || field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && ["checkbox", "radio", "date"].includes(field.type))))
    form.requestSubmit();
}

function onKey(event: KeyboardEvent): void {
  const typing = (event.target as Element).closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    const search = document.querySelector<HTMLInputElement>("input[type=search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "Escape") {
    const menu = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    const drawer = document.querySelector<HTMLInputElement>("#shell-drawer:checked");
    if (drawer) drawer.checked = false;
  }
}

function closeSiblings(event: Event): void {
  const opened = event.target as HTMLElement;
  if (!(opened instanceof HTMLDetailsElement) || !opened.open || opened.dataset.menu === undefined) return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]"))
    if (menu !== opened) menu.open = false;
}
