// The editor of the compare page: CodeMirror in a shadow root, where it may style itself under the site's content security policy.
import { lintGutter, linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { minimalSetup } from 'codemirror';

const WAIT = 600;

// The tokens of the site reach into the shadow.
const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', border: '1px solid var(--edge)', borderRadius: 'var(--round)', fontSize: '.8125rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', minHeight: '22rem', maxHeight: '70vh', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { color: 'var(--muted)', backgroundColor: 'var(--sunk)', borderRight: '1px solid var(--line)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { background: 'var(--mark)' },
  '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--surface)', border: '1px solid var(--rule)', fontFamily: 'var(--sans)', maxWidth: '40rem' },
  '.cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--sunk)' },
});

export function mount(box) {
  if (box.hidden) return;
  const host = document.createElement('div');
  const shadow = host.attachShadow({ mode: 'open', delegatesFocus: true });
  const label = document.querySelector(`label[for="${box.id}"]`);
  const select = box.form.elements.namedItem('lang');
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({
      doc: box.value,
      selection: { anchor: Math.min(box.selectionStart, box.value.length) },
      extensions: [
        minimalSetup,
        lineNumbers(),
        lintGutter(),
        linter((v) => check(v, box, select), { delay: WAIT }),
        look,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': `${label.textContent.trim()}. Tab leaves the editor.`, spellcheck: 'false' }),
        EditorView.updateListener.of((update) => { if (update.docChanged) box.value = update.state.doc.toString(); }),
      ],
    }),
  });
  box.after(host);
  box.hidden = true;
  label.addEventListener('click', (event) => { event.preventDefault(); view.focus(); });
  view.focus();
}

async function check(view, box, select) {
  const text = view.state.doc.toString();
  if (!text.trim()) return [];
  const lang = select?.value ? `?lang=${encodeURIComponent(select.value)}` : '';
  const answer = await fetch(box.dataset.check + lang, { method: 'POST', body: text, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
  if (!answer.ok) return [];
  const { findings } = await answer.json();
  return findings.map((f) => marker(view.state, f));
}

// Lines of a finding end as the editor's do; a place is marked to the end of its word.
function marker(state, { line, column, id, severity, message }) {
  const at = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  const word = state.wordAt(from);
  const to = Math.max(word ? word.to : from, Math.min(from + 1, at.to));
  return { from, to, severity, message: `${id} ${message}` };
}
