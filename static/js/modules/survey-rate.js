/* Follows how many have answered, while the page is looked at and the survey runs. */

const EVERY = 10_000;

export function start(section) {
  const url = section.dataset.surveyRate;
  if (!url) return;
  const words = section.querySelector("[data-survey-words]");
  const bar = section.querySelector("progress");
  const ask = async () => {
    if (document.hidden) return;
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return;
    const { asked, answered, stage } = await answer.json();
    const text = asked ? section.dataset.text : section.dataset.alone;
    const said = text.replace("{answered}", answered).replace("{asked}", asked);
    if (words.textContent.trim() !== said) words.textContent = said;
    if (bar) bar.value = answered;
    if (stage === "closed") clearInterval(timer);
  };
  const timer = setInterval(ask, EVERY);
}
