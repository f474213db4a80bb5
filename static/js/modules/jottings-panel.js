/*
 * The panel of private notes. On a phone the pencil in the scorecard brings it up above the sheet, wherever the reader is,
 * and puts it away again. What lies over the entry is measured, so that nothing focused stays hidden behind it.
 */

const NARROW = matchMedia("(max-width: 61.99rem)");

export function start(panel) {
  const sheet = document.querySelector(".iv-card-score");
  const call = sheet.querySelector("[data-jottings-call]");
  const entry = panel.parentElement;
  const isUp = () => panel.classList.contains("is-up");
  const measure = () => {
    const over = NARROW.matches ? sheet.offsetHeight + (isUp() ? panel.offsetHeight : 0) : panel.offsetHeight;
    entry.style.setProperty("--iv-sheet", `${sheet.offsetHeight - 1}px`);
    entry.style.setProperty("--iv-below", `${over + 12}px`);
  };
  const put = (up) => {
    panel.classList.toggle("is-up", up);
    call.setAttribute("aria-expanded", String(up));
    measure();
  };
  const away = () => {
    const back = panel.contains(document.activeElement);
    put(false);
    if (back && NARROW.matches) call.focus({ preventScroll: true });
  };
  call.addEventListener("click", (event) => {
    event.preventDefault();
    if (isUp()) return away();
    panel.open = true;
    put(true);
    panel.querySelector("textarea").focus({ preventScroll: true });
    return undefined;
  });
  panel.addEventListener("toggle", () => !panel.open && isUp() && away());
  panel.addEventListener("keydown", (event) => event.key === "Escape" && isUp() && away());
  const watch = new ResizeObserver(measure);
  watch.observe(sheet);
  watch.observe(panel);
  put(false);
  panel.dataset.panelReady = "";
}
