// Reads the draft while it is written, and answers keys. The page works without it: buttons do the same.
const form = document.querySelector('[data-desk]');
const panel = document.querySelector('[data-panel]');
const PAUSE_MS = 400;
// What this service sends as a panel is escaped as every page is; nothing else may become markup here.
const ours = globalThis.trustedTypes?.createPolicy('gezhi', { createHTML: (markup) => markup });
const trusted = (markup) => (ours ? ours.createHTML(markup) : markup);
let waiting;
let asked = 0;

async function read() {
  asked += 1;
  const mine = asked;
  const answer = await fetch('/desk/panel', {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
  });
  // A later question has been asked meanwhile, or the desk was signed out: what stands there stays.
  if (mine === asked && answer.ok && !panel.contains(document.activeElement))
    panel.innerHTML = trusted(await answer.text());
}

form.addEventListener('input', (event) => {
  if (event.target.name !== 'words' && event.target.name !== 'placeText') return;
  clearTimeout(waiting);
  waiting = setTimeout(read, PAUSE_MS);
});

document.addEventListener('keydown', (event) => {
  const button = form.querySelector(`[data-key="${event.key}"]`);
  if (!button || event.repeat) return;
  event.preventDefault();
  form.requestSubmit(button);
});
