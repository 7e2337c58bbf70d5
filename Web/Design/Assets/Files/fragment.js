// Replaces an element's content with a fragment of a page of this site, if its words differ: what is announced is what has changed. False: it is not there (any more).
// While somebody uses it (a field is filled in, a button has the focus, a table is opened) a polled one stays as it is.
export async function load(element, address, isPolled = false) {
  const html = await fetch(address, { headers: { Accept: 'text/html' }, redirect: 'error', signal: AbortSignal.timeout(10_000) })
    .then(answer => (answer.ok ? answer.text() : null))
    .catch(() => null);
  if (html === null) return false;
  const open = element.querySelector('details[open]') !== null;
  const within = element.contains(document.activeElement);
  const filled = [...element.querySelectorAll('input:not([type=hidden]), textarea')].some(field => field.value !== field.defaultValue);
  if (filled || (open && within) || (isPolled && (open || within))) return true;
  const next = document.createElement('template');
  next.innerHTML = html;
  if (next.content.textContent.trim() !== element.textContent.trim()) element.replaceChildren(next.content);
  return true;
}
