/* Starts what the page asks for. Small things that every page has are imported; the rest comes when needed. */

import { startForms } from "./modules/forms.js";
import { startMenus } from "./modules/menu.js";
import { startTheme } from "./modules/theme.js";
import { startToasts } from "./modules/toast.js";

document.documentElement.classList.add("iv-js");

startForms(document);
startMenus(document);
startTheme(document);
startToasts(document);

/* selector in the page -> module that serves it; each module exports `start(element)` */
const onDemand = [
  ["[data-allocation]", () => import("./modules/allocation.js")],
  ["[data-autosave]", () => import("./modules/autosave.js")],
  ["[data-ballot]", () => import("./modules/ballot.js")],
  ["[data-ceremony]", () => import("./modules/ceremony.js")],
  ["[data-clock]", () => import("./modules/clock.js")],
  ["[data-confirm]", () => import("./modules/confirm.js")],
  ["[data-copy]", () => import("./modules/copy.js")],
  ["[data-depends]", () => import("./modules/depends.js")],
  ["[data-countdown]", () => import("./modules/countdown.js")],
  ["[data-declare-all]", () => import("./modules/ballot-declare.js")],
  ["[data-unsent]", () => import("./modules/device-banner.js")],
  ["[data-keep]", () => import("./modules/device-keep.js")],
  ["[data-sign-out]", () => import("./modules/device-sign-out.js")],
  ["[data-where-list]", () => import("./modules/device-where.js")],
  ["[data-dialog-open]", () => import("./modules/dialog.js")],
  ["[data-jottings]", () => import("./modules/jottings.js")],
  ["[data-jottings-panel]", () => import("./modules/jottings-panel.js")],
  ["[data-reading]", () => import("./modules/reading.js")],
  ["select[data-picker]", () => import("./modules/picker.js")],
  ["[data-guard]", () => import("./modules/guard.js")],
  ["[data-autosize]", () => import("./modules/autosize.js")],
  ["[data-attend-screen]", () => import("./modules/attend-screen.js")],
  ["[data-pitch]", () => import("./modules/pitch-live.js")],
  ["[data-pitch-console]", () => import("./modules/pitch-console.js")],
  ["[data-pairs]", () => import("./modules/pairwise.js")],
  ["[data-proposal]", () => import("./modules/proposal.js")],
  ["[data-quiz]", () => import("./modules/quiz.js")],
  ["[data-shortcuts]", () => import("./modules/proposal-screening.js")],
  ["[data-rubric]", () => import("./modules/ballot-rubric.js")],
  ["[data-spy]", () => import("./modules/spy.js")],
  ["[data-survey]", () => import("./modules/survey.js")],
  ["[data-survey-rate]", () => import("./modules/survey-rate.js")],
  ["[data-task]", () => import("./modules/task.js")],
  ["[data-submit-on-change]", () => import("./modules/submit-on-change.js")],
  ["[data-words]", () => import("./modules/words.js")],
];

for (const [selector, load] of onDemand) {
  const elements = document.querySelectorAll(selector);
  if (elements.length === 0) continue;
  load().then((module) => elements.forEach((element) => module.start(element)));
}
