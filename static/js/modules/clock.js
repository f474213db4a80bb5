/* The clock in the header: the server's time in the site's zone, worded as everywhere else. */

import { serverNow, settle } from "./server-time.js";

export function start(element) {
  const { zone, zoneName, pattern } = element.dataset;
  const language = document.documentElement.lang;
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "id-ID", {
    weekday: "long", day: "numeric", month: "long", year: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone,
  });
  const show = () => {
    const now = new Date(serverNow());
    const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
    element.dateTime = now.toISOString();
    element.textContent = pattern
      .replace("{weekday}", part.weekday).replace("{day}", part.day).replace("{month}", part.month)
      .replace("{year}", part.year).replace("{hour}", part.hour).replace("{minute}", part.minute)
      .replace("{zone}", zoneName);
    element.hidden = false;
  };
  settle().then(() => {
    show();
    setInterval(show, 15_000);
  });
}
