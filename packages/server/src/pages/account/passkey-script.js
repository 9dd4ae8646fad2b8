// Makes and shows passkeys. Without it, or where a browser has none, the password is the way in.
const forms = document.querySelectorAll('form[data-passkey]');

async function ask(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return await answer.json();
}

async function add(form) {
  const fields = { form: form.elements.form.value, label: form.elements.label.value };
  const options = await ask('/staff/passkey/ask', fields);
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await navigator.credentials.create({ publicKey });
  return await ask('/staff/passkey/add', { ...fields, response: made.toJSON() });
}

async function use() {
  const options = await ask('/staff/passkey/options', {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const shown = await navigator.credentials.get({ publicKey });
  return await ask('/staff/passkey/enter', { response: shown.toJSON() });
}

if (typeof PublicKeyCredential === 'function' && PublicKeyCredential.parseRequestOptionsFromJSON) {
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const told = form.querySelector('[role=alert]');
      try {
        const { to, error } = form.dataset.passkey === 'add' ? await add(form) : await use();
        if (to) location.assign(to);
        else throw new Error(error);
      } catch (error) {
        told.textContent = error.message;
        told.hidden = false;
      }
    });
  }
}
