// Replaces an element's content with a fragment of a page of this site; false: it is not there (any more).
// While somebody uses it (a button has the focus, a table is opened) a polled one stays as it is.
export async function load(element, address, isPolled = false) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' }, redirect: 'error' }).catch(() => null);
  if (!answer?.ok) return false;
  const open = [...element.querySelectorAll('details[open]')].length > 0;
  const within = element.contains(document.activeElement);
  if ((open && within) || (isPolled && (open || within))) return true;
  element.innerHTML = await answer.text();
  return true;
}
