// Filters, facets and pages of the page at hand come without a reload: the address changes, the way back works, and the new count is told.
const SWAP = 'select:#main target:#main swap:outerHTML';

export function boost(main, htmx) {
  for (const link of main.querySelectorAll('a[href]')) {
    if (link.pathname === location.pathname && link.host === location.host && link.search !== location.search) mark(link, htmx);
  }
  for (const form of main.querySelectorAll('form')) {
    if (form.method === 'get' && new URL(form.action).pathname === location.pathname) mark(form, htmx);
  }
}

function mark(element, htmx) {
  if (element.hasAttribute('hx-boost')) return;
  element.setAttribute('hx-boost', SWAP);
  htmx.process(element);
}

// What is left open in a form says nothing in an address.
function dropEmpty({ formData }) {
  for (const [name, value] of [...formData]) {
    if (value === '') formData.delete(name);
  }
}

export function listenForVisits(enhance) {
  let place = null;
  document.addEventListener('formdata', (event) => { if (event.target.method === 'get') dropEmpty(event); });
  document.addEventListener('htmx:before:swap', () => { place = placeOf(document.activeElement); });
  document.addEventListener('htmx:after:swap', () => {
    // The swap may have brought a whole body, as on the way back.
    enhance();
    if (place) focus(place);
    place = null;
    say(countOf(document.querySelector('main')));
  });
  // A page that did not come is asked for again the plain way, so that the browser shows what is wrong.
  document.addEventListener('htmx:error', (event) => {
    const action = event.detail?.ctx?.request?.action;
    if (action && event.detail.error?.name !== 'AbortError') location.assign(action);
  });
  say('');
}

// What had the focus, in words that the new content may have too.
function placeOf(element) {
  if (!element?.closest('main')) return null;
  return { id: element.id, name: element.getAttribute('name'), tag: element.localName, text: element.textContent.trim(), top: Boolean(element.closest('.pages')) };
}

function focus({ id, name, tag, text, top }) {
  const main = document.querySelector('main');
  const same = (id && document.getElementById(id))
    || (name && main.querySelector(`${tag}[name="${CSS.escape(name)}"]`))
    || [...main.querySelectorAll(tag)].find((e) => (tag === 'a' || tag === 'button') && e.textContent.trim() === text);
  if (same && !top) {
    same.focus({ preventScroll: true });
    return;
  }
  main.tabIndex = -1;
  main.focus({ preventScroll: !top });
  if (top) scrollTo(0, 0);
}

const countOf = (main) => {
  const heading = main.querySelector('#found-rules');
  if (heading) return heading.textContent.trim();
  const first = main.querySelector('.stats div');
  return first ? `${first.querySelector('dd').textContent.trim()} ${first.querySelector('dt').textContent.trim()}` : document.title;
};

// A region that is told of must stand there before its text changes.
function say(text) {
  let region = document.querySelector('#said');
  if (!region) {
    region = document.createElement('p');
    region.id = 'said';
    region.className = 'unseen';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  region.textContent = text;
}
