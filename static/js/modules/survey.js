/* Shows a question only after certain answers on the same page; the server decides again when the page is sent. */

export function start(form) {
  const asks = [...form.querySelectorAll("[data-ask-if]")];
  const show = () => {
    for (const ask of asks) {
      const wanted = ask.dataset.askOn.split(" ");
      const source = form.querySelectorAll(`[name="${CSS.escape(ask.dataset.askIf)}"]:checked`);
      const hidden = [...source].some((each) => each.closest("[data-ask-if]")?.hidden);
      ask.hidden = hidden || ![...source].some((each) => wanted.includes(each.value));
    }
  };
  form.addEventListener("change", show);
  show();
}
