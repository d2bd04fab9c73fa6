import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { ConfigIssue } from '../../../shared/config/config.ts';
import { styleNonce } from '../../styles/style-nonce.ts';
import { changedText, edited, placeInEditor } from './editor/line-ends.ts';
import { schemaSupport } from './editor/schema-support.ts';
import { changeBetween } from './editor/text-change.ts';
import { jsonWithComments } from './json-with-comments.ts';

interface Props {
  readonly text: string;
  readonly issues: readonly ConfigIssue[];
  readonly jumpTo: { readonly offset: number } | null;
  onChange(text: string): void;
  onApply(): void;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&, & *': { boxSizing: 'border-box' },
  '&': { height: '100%', backgroundColor: 'var(--card)', color: 'var(--ink-1)', fontSize: '12.5px' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    lineHeight: '1.6',
    fontFeatureSettings: '"calt" 0',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--line) transparent',
  },
  '.cm-content': { caretColor: 'var(--ink-1)', padding: '10px 0' },
  '.cm-gutters': { backgroundColor: 'var(--card)', color: 'var(--ink-3)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--hover)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink-1)' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--card)',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    color: 'var(--ink-1)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    borderRadius: '8px',
    fontFamily: 'var(--mono)',
    maxHeight: '16em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--ink-1)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal', marginLeft: '10px' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '300px', padding: '7px 10px', fontFamily: 'var(--font)' },
  '.cm-explanation': { maxWidth: '380px', padding: '7px 10px', fontFamily: 'var(--font)' },
  '.cm-explanation p': { margin: '3px 0 0', color: 'var(--ink-2)' },
  '.cm-diagnostic': { fontFamily: 'var(--font)' },
  '.cm-snippetField': { backgroundColor: 'var(--accent-soft)' },
});

/** The text editor; loaded when it is first shown. */
export default function JsonEditor({ text, issues, jumpTo, onChange, onApply }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ text, onChange, onApply });
  latest.current = { text, onChange, onApply };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text given first; later ones are dispatched below
  useEffect(() => {
    if (!frame.current) return;
    // The editor writes style sheets of its own. In a shadow it hands them over as objects, which no
    // Content-Security-Policy has to make an exception for.
    const shadow = frame.current.shadowRoot ?? frame.current.attachShadow({ mode: 'open' });
    const apply = () => {
      latest.current.onApply();
      return true;
    };
    const created = new EditorView({
      parent: shadow,
      root: shadow,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(styleNonce() ?? ''),
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          jsonWithComments,
          schemaSupport(),
          syntaxHighlighting(colours),
          look,
          EditorView.contentAttributes.of({
            'aria-label': 'Config as JSON',
            tabindex: '0',
            'aria-description': 'Control Space completes; Escape, then Tab, leaves the editor.',
          }),
          EditorState.tabSize.of(2),
          keymap.of([{ key: 'Mod-Enter', run: apply }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          EditorView.updateListener.of((update) => {
            const inEditor = update.state.doc.toString();
            // What has come from outside is known there.
            if (!update.docChanged || inEditor === edited(latest.current.text)) return;
            latest.current.onChange(changedText(latest.current.text, inEditor));
          }),
        ],
      }),
    });
    view.current = created;
    return () => created.destroy();
  }, []);

  useEffect(() => {
    const current = view.current?.state.doc.toString();
    const wanted = edited(text);
    if (current === undefined || current === wanted) return;
    // Only what differs, so that the cursor stays and one step of undo is one change of the form.
    const changes = changeBetween(current, wanted);
    const effects = EditorView.scrollIntoView(Math.min(changes.from, wanted.length), {
      y: 'nearest',
      yMargin: 60,
    });
    view.current?.dispatch({ changes, effects, userEvent: 'input.form' });
  }, [text]);

  useEffect(() => {
    if (!view.current) return;
    const end = view.current.state.doc.length;
    const placeOf = (offset: number) => Math.min(placeInEditor(latest.current.text, offset), end);
    const diagnostics = issues.map(({ offset = 0, length = 0, message }): Diagnostic => {
      return {
        from: placeOf(offset),
        to: placeOf(offset + length),
        severity: 'error',
        message,
      };
    });
    view.current.dispatch(setDiagnostics(view.current.state, diagnostics));
  }, [issues]);

  useEffect(() => {
    if (!view.current || !jumpTo) return;
    const anchor = Math.min(placeInEditor(latest.current.text, jumpTo.offset), view.current.state.doc.length);
    view.current.dispatch({ selection: { anchor }, scrollIntoView: true });
    view.current.focus();
  }, [jumpTo]);

  return <div ref={frame} style={{ height: '100%' }} />;
}
