import { EditorView } from '@codemirror/view';
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { changedText, edited, placeInEditor } from '../../renderer/features/config/editor/line-ends.ts';
import JsonEditor from '../../renderer/features/config/json-editor.tsx';

afterEach(cleanup);

const FILE = '{\r\n  "port": 1\r\n}\r\n';

it.each([
  ['a line changed', FILE, '{\n  "port": 2\n}\n', '{\r\n  "port": 2\r\n}\r\n'],
  ['lines added', FILE, '{\n  "a": 0,\n  "port": 1\n}\n\n', '{\r\n  "a": 0,\r\n  "port": 1\r\n}\r\n\r\n'],
  ['lines taken out', FILE, '{}\n', '{}\r\n'],
  ['ends of both kinds', '{\n "a": 1,\r\n "b": 2\n}', '{\n "a": 1,\n "b": 3\n}', '{\n "a": 1,\r\n "b": 3\n}'],
  ['plain line feeds', '{\n}', '{ }\n', '{ }\n'],
])('%s keeps how lines end', (_name, text, inEditor, expected) => {
  expect(changedText(text, inEditor)).toBe(expected);
  expect(edited(expected)).toBe(inEditor);
});

it('finds a place of the file in the editor', () => {
  const at = FILE.indexOf('1');
  expect(edited(FILE)[placeInEditor(FILE, at)]).toBe('1');
});

it('a file with line ends of Windows is no change by being looked at, and keeps them when it is one', () => {
  const said: string[] = [];
  const draw = (text: string) => (
    <JsonEditor
      text={text}
      issues={[]}
      jumpTo={null}
      onChange={(changed) => said.push(changed)}
      onApply={() => undefined}
    />
  );
  const { container, rerender } = render(draw(FILE));
  const other = FILE.replace('1', '2');
  rerender(draw(other));
  expect(said).toEqual([]);
  const shadow = container.querySelector('div > div')?.shadowRoot ?? container.firstElementChild?.shadowRoot;
  const element = shadow?.querySelector<HTMLElement>('.cm-editor');
  const view = element && EditorView.findFromDOM(element);
  expect(view?.state.doc.toString()).toBe(edited(other));
  view?.dispatch({ changes: { from: 0, to: 1, insert: '{\n' } });
  expect(said).toEqual([`{\r\n${other.slice(1)}`]);
});
