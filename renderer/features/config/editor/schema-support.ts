import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  snippet,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { hoverTooltip, keymap } from '@codemirror/view';
import schemaFile from '../../../../config.schema.json' with { type: 'json' };
import { type Explanation, explanationAt } from './explain.ts';
import type { JsonSchema } from './schema-at.ts';
import { type Suggestion, suggestionsAt } from './suggest.ts';

const SCHEMA: JsonSchema = schemaFile;

const KINDS = { field: 'property', value: 'enum', snippet: 'text' } as const;

/** Completion and explanations by the config's own schema, the one that editors elsewhere can be given too. */
export function schemaSupport(): Extension {
  return [
    autocompletion({ override: [complete], icons: false }),
    closeBrackets(),
    hoverTooltip((view, pos) => {
      const found = explanationAt(SCHEMA, view.state.doc.toString(), pos);
      return found && { pos: found.from, end: found.to, create: () => ({ dom: drawn(found) }) };
    }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, { key: 'Tab', run: acceptCompletion }]),
  ];
}

function complete(context: CompletionContext) {
  const found = suggestionsAt(SCHEMA, context.state.doc.toString(), context.pos);
  if (!found) return null;
  const { from, options } = found;
  const typed = context.state.sliceDoc(from, context.pos);
  // Between two things nobody has asked yet; a quote or a letter asks.
  if (!context.explicit && typed === '') return null;
  // What is compared with the labels is what stands behind the quote.
  const start = typed.startsWith('"') ? from + 1 : from;
  return {
    from: start,
    options: options.map(asCompletion),
    validFor: /^[\w.:/*-]*$/,
  };
}

function asCompletion(one: Suggestion): Completion {
  const insert = snippet(one.template);
  return {
    label: one.label,
    detail: one.detail,
    type: KINDS[one.kind],
    ...(one.info === undefined ? {} : { info: one.info }),
    boost: one.kind === 'snippet' ? -10 : 0,
    apply: (view, completion, from, to) => {
      // The quotes around what was typed, which may have been closed already, are part of what is written.
      const isQuoted = view.state.sliceDoc(from - 1, from) === '"';
      const rest = view.state.sliceDoc(to, view.state.doc.lineAt(to).to);
      const closing = isQuoted ? (/^[^"\r\n:,]*"/.exec(rest)?.[0].length ?? 0) : 0;
      insert(view, completion, isQuoted ? from - 1 : from, to + closing);
    },
  };
}

function drawn({ name, words, facts }: Explanation): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'cm-explanation';
  const lines = [['strong', name], ['p', words], ...facts.map((fact) => ['p', fact])] as const;
  for (const [tag, text] of lines) {
    const line = document.createElement(tag ?? 'p');
    line.textContent = text ?? '';
    dom.append(line);
  }
  return dom;
}
