import { fail, ok, type Result } from '../../../shared/calls/result.ts';
import type { ConfigIssue } from '../../../shared/config/config.ts';
import type { ImportKind, ImportNote, ImportReview } from '../../../shared/config/import-review.ts';
import { formatListenAddress } from '../../../shared/config/listen-address.ts';
import { parseConfig } from '../config/parse.ts';
import { readCompose } from './compose.ts';
import type { Draft, Reader, Say } from './draft.ts';
import { type FindCheck, fitChecks } from './fit-checks.ts';
import { readHaproxy } from './haproxy.ts';
import { withListeners } from './listen-port.ts';
import { readNginx } from './nginx.ts';
import { readProcfile } from './procfile.ts';
import { writeDraft } from './write-draft.ts';

const READERS: Readonly<Record<ImportKind, Reader>> = {
  compose: readCompose,
  procfile: readProcfile,
  nginx: readNginx,
  haproxy: readHaproxy,
};

export interface ImportSource {
  readonly kind: ImportKind;
  /** The file's name, for comments. */
  readonly name: string;
  readonly text: string;
  /** Where its commands run, when that is not the folder of the new config. */
  readonly folder: string | null;
  /** Ports that others listen on, which are no good where the choice is free. */
  readonly takenPorts?: readonly number[];
}

/** The text is in the full form. */
export type Imported = Pick<ImportReview, 'text' | 'pools' | 'listeners' | 'notes'>;

/** Reads another program's file as a config; what is wrong with it otherwise, with its line. */
export function importConfig(source: ImportSource): Result<Imported, ConfigIssue> {
  const read = readDraft(source);
  return read.ok ? finish(read.value, source) : read;
}

/** The same; backends that the file has no check for are asked for one that fits. */
export async function importWithChecks(
  source: ImportSource,
  findCheck: FindCheck,
): Promise<Result<Imported, ConfigIssue>> {
  const read = readDraft(source);
  if (!read.ok) return read;
  const { draft, notes } = read.value;
  return finish({ draft: await fitChecks(draft, findCheck, noteInto(notes)), notes }, source);
}

interface ReadDraft {
  readonly draft: Draft;
  readonly notes: ImportNote[];
}

function readDraft(source: ImportSource): Result<ReadDraft, ConfigIssue> {
  const notes: ImportNote[] = [];
  const text = source.text.replace(/^\uFEFF/, '');
  const draft = READERS[source.kind](text, noteInto(notes));
  return draft.ok ? ok({ draft: draft.value, notes }) : fail(asIssue(draft.error.words, draft.error.line));
}

/** What is to be said is said once. */
function noteInto(notes: ImportNote[]): Say {
  const said = new Set(notes.map(({ words }) => words));
  return (line, words) => {
    if (!said.has(words)) notes.push({ line, words });
    said.add(words);
  };
}

function finish({ draft, notes }: ReadDraft, source: ImportSource): Result<Imported, ConfigIssue> {
  const config = writeDraft(
    withFolder(withListeners(draft, source.takenPorts ?? []), source.folder),
    source.name,
  );
  const parsed = parseConfig(config);
  if (!parsed.ok) {
    const reason = parsed.error[0]?.message ?? 'nothing in it can be balanced';
    return fail(asIssue(`${source.name} cannot be imported: ${reason.replace(/\.$/, '')}.`, null));
  }
  const { pools, listeners } = parsed.value;
  return ok({
    text: config,
    pools: pools.map(({ name, policy, backends, commands }) => ({
      name,
      policy: policy.name,
      servers: [...backends.map(({ origin }) => origin.url), ...commands.map(({ command }) => command)],
    })),
    listeners: listeners.map(({ address }) => formatListenAddress(address)),
    notes: notes.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  });
}

function withFolder(draft: Draft, folder: string | null): Draft {
  if (folder === null) return draft;
  const pools = draft.pools.map((pool) => ({
    ...pool,
    servers: pool.servers.map((one) => (one.command === undefined ? one : { ...one, cwd: folder })),
  }));
  return { ...draft, pools };
}

function asIssue(words: string, line: number | null): ConfigIssue {
  const place = line === null ? {} : { line, column: 1 };
  return { path: '', keys: [], message: line === null ? words : `Line ${line}: ${words}`, ...place };
}
