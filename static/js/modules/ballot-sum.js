/* The running total, as the server computes it: weight times share of the range, of all weights 100. */

export function valueOf(part) {
  const radio = part.querySelector("input[type=radio]");
  const text = radio ? part.querySelector("input:checked")?.value : part.querySelector("input[inputmode]")?.value.trim();
  if (!text || !/^[0-9]{1,6}([.,][0-9]{1,2})?$/.test(text)) return null;
  const value = Number(text.replace(",", "."));
  const { min, max, step } = part.dataset;
  const steps = (value - Number(min)) / Number(step);
  const stands = value >= Number(min) && value <= Number(max) && Math.abs(steps - Math.round(steps)) < 1e-6;
  return stands ? value : null;
}

/* Shows points and how many were possible; true when nothing is missing. */
export function showTotal(form, criteria) {
  let points = 0;
  let possible = 0;
  let whole = 0;
  for (const part of criteria) {
    const weight = Number(part.dataset.weight);
    const value = valueOf(part);
    whole += weight;
    if (value === null) continue;
    possible += weight;
    points += (weight * (value - Number(part.dataset.min))) / (Number(part.dataset.max) - Number(part.dataset.min));
  }
  const complete = criteria.every((part) => valueOf(part) !== null);
  const label = form.querySelector("[data-possible]");
  form.querySelector("[data-points]").textContent = possible ? number((100 * points) / whole, 2) : "–";
  if (!possible) label.textContent = label.dataset.textNone;
  else label.textContent = complete ? label.dataset.textWhole : label.dataset.text.replace("{possible}", number((100 * possible) / whole, 0, 2));
  const index = form.querySelector("[data-index]");
  if (index) showIndex(index, criteria);
  return complete;
}

/* Points and predicate of an index of maturity: weight times level, not rescaled; bands as domain/maturity.py reads them. */
function showIndex(line, criteria) {
  let points = 0;
  let most = 0;
  for (const part of criteria) {
    points += Number(part.dataset.weight) * (valueOf(part) ?? 0);
    most += Number(part.dataset.weight) * Number(part.dataset.max);
  }
  points = Math.round(points * 10000) / 10000;
  const band = JSON.parse(line.dataset.index).find((each) => {
    if (each.above !== undefined && each.above !== null) return points > each.above;
    return each.from === undefined || each.from === null || points >= each.from;
  });
  const words = { "{points}": number(points, 0, 2), "{most}": number(most, 0, 2), "{band}": band ? band.name : "" };
  line.textContent = Object.entries(words).reduce((text, [key, word]) => text.replace(key, word), line.dataset.text);
}

/* The chosen level in words under its numbers; for typed values, the level reached is marked. */
export function describe(part, value) {
  const line = part.querySelector("[data-said]");
  const chosen = part.querySelector("input:checked");
  if (line) {
    line.replaceChildren();
    if (!chosen) {
      line.textContent = line.dataset.empty;
    } else {
      const label = part.querySelector(`label[for="${chosen.id}"]`);
      const digits = document.createElement("b");
      digits.textContent = label.querySelector("b").textContent;
      const title = label.querySelector("strong")?.textContent.trim() ?? "";
      const words = label.querySelector("span").textContent.trim().slice(title.length).trim();
      line.append(digits, " ", [title, words].filter(Boolean).join(". "));
    }
  }
  let reached = null;
  for (const anchor of part.querySelectorAll("[data-anchor]")) {
    anchor.classList.remove("is-reached");
    if (value !== null && value >= Number(anchor.dataset.anchor)) reached = anchor;
  }
  reached?.classList.add("is-reached");
}

function number(value, least, most = least) {
  const lang = document.documentElement.lang || "id";
  return value.toLocaleString(lang, { minimumFractionDigits: least, maximumFractionDigits: most });
}
