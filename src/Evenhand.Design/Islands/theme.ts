// The page is right without this script: the cookie is read on the server. Here a click merely saves the round trip.
const media = matchMedia("(prefers-color-scheme: dark)");

export const announceTheme = () => document.dispatchEvent(new CustomEvent("evenhand:theme"));

export function startTheme(): void {
  media.addEventListener("change", announceTheme);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-set-theme]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const theme = link.dataset.setTheme!;
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `evenhand.theme=${theme};path=/;max-age=31536000;samesite=lax${secure}`;
    for (const other of document.querySelectorAll("a[data-set-theme]")) {
      if (other === link) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    }
    link.closest("details")?.removeAttribute("open");
    announceTheme();
  });

  // A chart is a canvas: it has to be drawn again in ink before it goes to paper.
  let before: string | undefined;
  addEventListener("beforeprint", () => {
    before = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
    announceTheme();
  });
  addEventListener("afterprint", () => {
    if (before) document.documentElement.dataset.theme = before;
    else delete document.documentElement.dataset.theme;
    announceTheme();
  });
}
