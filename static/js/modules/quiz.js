/* A test on paper of the browser: when the server says that it is over, its page is shown. What was typed is saved first. */

export function start(form) {
  const leave = () => location.assign(form.dataset.quiz);
  form.addEventListener("iv:saved", (event) => {
    form.elements.version.value = form.dataset.version; // what is blank on an older page empties nothing
    if (event.detail.over) leave();
  });
  document.addEventListener("iv:deadline", async () => {
    await form.autosave?.flush();
    leave();
  });
}
