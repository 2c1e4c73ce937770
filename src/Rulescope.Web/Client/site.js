// Comfort for all pages. Each of them is whole without it.
import htmx from 'htmx.org';
import { addCopyButtons } from './copy.js';
import { listenForEditor } from './focus.js';
import { listenForKeys } from './keys.js';
import { addSorting, addSift } from './tables.js';
import { boost, listenForVisits } from './visits.js';

function enhance() {
  const main = document.querySelector('main');
  for (const table of main.querySelectorAll('table.data:not(.heat)')) {
    addSorting(table);
    addSift(table);
  }
  addCopyButtons(main);
  boost(main, htmx);
  listenForEditor(main);
}

listenForKeys();
listenForVisits(enhance);
enhance();
