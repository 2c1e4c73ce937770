// The editor is as large as the rest of the site, so it comes when somebody is about to write.
export function listenForEditor(main) {
  const box = main.querySelector('textarea[data-editor]');
  if (!box || box.dataset.ready) return;
  box.dataset.ready = '1';
  box.addEventListener('focus', async () => {
    try {
      const { mount } = await import(box.dataset.editor);
      mount(box);
    } catch {
      // The textarea does all but the markers.
    }
  }, { once: true });
  box.form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) box.form.requestSubmit();
  });
}
