// Keyboard shortcuts. A single letter may be in the way of speech control, so the help has a switch for them all.
const OFF = 'rulescope-keys-off';
const ROWS = 'main table.data > tbody > tr, main .rule, main .ledger > li, main .picks > li';

const isOff = () => { try { return localStorage.getItem(OFF) === '1'; } catch { return false; } };

export function listenForKeys() {
  offerHelp();
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isOff() || isTyping(event)) return;
    if (document.querySelector('dialog[open]')) return;
    const act = { '/': search, j: () => step(1), k: () => step(-1), '?': help }[event.key];
    if (act?.() !== undefined) event.preventDefault();
  });
}

// The editor lives in a shadow root, so what has the focus is asked of the path.
const isTyping = (event) => {
  const at = event.composedPath()[0];
  return at instanceof Element && (at.isContentEditable || at.matches('input, textarea, select'));
};

function search() {
  const box = document.querySelector('#q, .find input, input[type=search]');
  box?.focus();
  box?.select();
  return box ?? undefined;
}

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.checkVisibility() && row.querySelector('a[href], summary'));
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = at < 0 ? rows.find((r) => r.getBoundingClientRect().bottom > 0) : rows[at + by];
  row?.querySelector('a[href], summary').focus();
  row?.scrollIntoView({ block: 'nearest' });
  return row;
}

function offerHelp() {
  const place = document.querySelector('.bottom .frame p:last-of-type');
  if (!place || place.querySelector('.keys')) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'keys';
  button.textContent = 'Keyboard shortcuts';
  button.addEventListener('click', help);
  place.append(' · ', button);
}

function help() {
  const dialog = document.querySelector('#keys') ?? document.body.appendChild(makeHelp());
  dialog.showModal();
  return dialog;
}

function makeHelp() {
  const dialog = document.createElement('dialog');
  dialog.id = 'keys';
  dialog.setAttribute('aria-labelledby', 'keys-title');
  dialog.innerHTML = `
    <h2 id="keys-title">Keyboard shortcuts</h2>
    <dl>
      <div><dt><kbd>/</kbd></dt><dd>go to the search box</dd></div>
      <div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous row</dd></div>
      <div><dt><kbd>Enter</kbd></dt><dd>open the row</dd></div>
      <div><dt><kbd>?</kbd></dt><dd>this help</dd></div>
      <div><dt><kbd>Esc</kbd></dt><dd>close it</dd></div>
    </dl>
    <form method="dialog">
      <label><input type="checkbox"> Single keys are on</label>
      <button>Close</button>
    </form>`;
  const box = dialog.querySelector('input');
  box.checked = !isOff();
  box.addEventListener('change', () => {
    try { localStorage.setItem(OFF, box.checked ? '0' : '1'); } catch { /* no storage, no memory: the keys stay on */ }
  });
  return dialog;
}
