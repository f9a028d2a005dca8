/** People are dragged onto places: what carries data-drag is put, where data-drop is, into the two fields of the form that carries data-drag-form, and the form is sent. */
const kind = "application/x-evenhand";

export function startDrag(): void {
  document.addEventListener("dragstart", (event) => {
    const carried = (event.target as Element).closest?.<HTMLElement>("[data-drag]")?.dataset.drag;
    if (!carried || !event.dataTransfer) return;
    event.dataTransfer.setData(kind, carried);
    event.dataTransfer.effectAllowed = "move";
  });
  document.addEventListener("dragover", (event) => {
    const place = placeOf(event);
    if (!place || !event.dataTransfer?.types.includes(kind)) return;
    event.preventDefault();
    mark(place);
  });
  document.addEventListener("dragend", () => mark(null));
  document.addEventListener("drop", (event) => {
    const place = placeOf(event);
    const carried = event.dataTransfer?.getData(kind);
    const form = document.querySelector<HTMLFormElement>("form[data-drag-form]");
    const who = form?.querySelector<HTMLInputElement>("[data-drag-field]");
    const where = form?.querySelector<HTMLInputElement>("[data-drop-field]");
    mark(null);
    if (!place || !carried || !form || !who || !where) return;
    event.preventDefault();
    who.value = carried;
    where.value = place.dataset.drop!;
    form.requestSubmit();
  });
}

const placeOf = (event: DragEvent) => (event.target as Element).closest?.<HTMLElement>("[data-drop]") ?? null;

function mark(place: HTMLElement | null): void {
  for (const other of document.querySelectorAll(".over")) if (other !== place) other.classList.remove("over");
  place?.classList.add("over");
}
