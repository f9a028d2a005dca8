import { config } from "@hotwired/turbo";
import { settle, startBehaviour } from "./behaviour";
import { startDrag } from "./drag";
import { startTheme } from "./theme";

// Turbo's own progress bar needs an inline style; ours is CSS on html[aria-busy].
config.drive.progressBarDelay = 2 ** 31 - 1;
startTheme();
startBehaviour();
startDrag();

// An island's program is fetched when the first of its kind is on the page.
const fetched = new Set<string>();
function fetchIslands(): void {
  for (const island of document.querySelectorAll<HTMLElement>("[data-island]")) {
    const source = island.dataset.island!;
    if (fetched.has(source)) continue;
    fetched.add(source);
    void import(/* the address is given by the server */ source);
  }
}
// What is pushed into a live page needs the same care as what came with it.
new MutationObserver(() => {
  fetchIslands();
  settle();
}).observe(document.documentElement, { childList: true, subtree: true });
fetchIslands();
