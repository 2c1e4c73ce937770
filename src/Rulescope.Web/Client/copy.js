// A button that copies what a block of code holds. Without a clipboard (plain http from another machine) there is none.
const SAID_FOR = 2000;

export function addCopyButtons(main) {
  if (!navigator.clipboard) return;
  for (const block of main.querySelectorAll('pre:not(.told-lines)')) {
    if (!block.querySelector('code') || block.parentElement.classList.contains('copied-from')) continue;
    const holder = document.createElement('div');
    const button = document.createElement('button');
    holder.className = 'copied-from';
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    block.before(holder);
    holder.append(button, block);
    button.addEventListener('click', () => copy(button, block));
  }
}

async function copy(button, block) {
  try {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not copied';
  }
  setTimeout(() => { button.textContent = 'Copy'; }, SAID_FOR);
}
