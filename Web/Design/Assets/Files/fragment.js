// Replaces an element's content with a fragment of a page of this site; false: it is not there (any more).
export async function load(element, address) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' }, redirect: 'error' }).catch(() => null);
  if (!answer?.ok) return false;
  const open = [...element.querySelectorAll('details[open]')].length > 0;
  const within = element.contains(document.activeElement);
  if (open && within) return true; // somebody is filling in a form: not under their hands
  element.innerHTML = await answer.text();
  return true;
}
