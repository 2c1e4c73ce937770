// Sort buttons and a filter box for tables. Rows keep the order of the page until somebody asks for another.
const LEAST_ROWS_TO_SIFT = 8;

const numberOf = (text) => {
  const number = Number.parseFloat(text.replaceAll(',', ''));
  return Number.isNaN(number) ? -1 : number;
};

export function addSorting(table) {
  const heads = table.tHead?.rows.length === 1 ? [...table.tHead.rows[0].cells] : [];
  const body = table.tBodies[0];
  if (!body || body.rows.length < 2 || table.querySelector('.sort')) return;
  for (const head of heads) {
    if (!head.textContent.trim() || [...body.rows].some((row) => row.cells.length !== heads.length)) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sort';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => sort(body, heads, head));
  }
}

function sort(body, heads, head) {
  const column = heads.indexOf(head);
  const isNumber = head.classList.contains('num');
  const first = isNumber ? 'descending' : 'ascending';
  const other = isNumber ? 'ascending' : 'descending';
  const order = head.getAttribute('aria-sort') === first ? other : first;
  for (const each of heads) each.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', order);
  const sign = order === 'ascending' ? 1 : -1;
  const keyed = [...body.rows].map((row) => {
    const text = row.cells[column].textContent.trim();
    return { row, key: isNumber ? numberOf(text) : text };
  });
  keyed.sort((a, b) => sign * (isNumber ? a.key - b.key : a.key.localeCompare(b.key)));
  body.append(...keyed.map((k) => k.row));
}

export function addSift(table) {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  if (rows.length < LEAST_ROWS_TO_SIFT || table.previousElementSibling?.classList.contains('sift')) return;
  const bar = document.createElement('div');
  const label = document.createElement('label');
  const input = document.createElement('input');
  const count = document.createElement('span');
  bar.className = 'sift';
  input.type = 'search';
  input.autocomplete = 'off';
  input.spellcheck = false;
  count.setAttribute('role', 'status');
  label.append('Filter rows ', input);
  bar.append(label, count);
  table.before(bar);
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown++;
    }
    count.textContent = words.length ? `${shown} of ${rows.length} rows` : '';
  });
}
