// Replaces an element's content with a fragment of a page of this site, if its words differ: what is announced is what has changed. False: it is not there (any more).
// While somebody uses it (a field or a button has the focus, a form or a table is opened) a polled one stays as it is. What was typed is carried over.
export async function load(element, address, isPolled = false) {
  const html = await fetch(address, { headers: { Accept: 'text/html' }, redirect: 'error', signal: AbortSignal.timeout(10_000) })
    .then(answer => (answer.ok ? answer.text() : null))
    .catch(() => null);
  if (html === null) return false;
  const open = element.querySelector('details[open]') !== null;
  const within = element.contains(document.activeElement);
  if (isPolled ? open || within : open && within) return true;
  const typed = [...element.querySelectorAll('input[id]:not([type=hidden]), textarea[id]')].filter(field => field.value !== field.defaultValue);
  const next = document.createElement('template');
  next.innerHTML = html;
  if (next.content.textContent.trim() === element.textContent.trim()) return true;
  for (const { id, value } of typed) {
    const field = next.content.getElementById(id);
    if (field) field.value = value;
  }
  element.replaceChildren(next.content);
  return true;
}
