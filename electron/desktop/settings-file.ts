import { readFile, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import { writeFile } from 'atomically';
import { fail, ok, type Result } from '../../shared/calls/result.ts';
import { Turns } from '../../shared/calls/turns.ts';
import { DEFAULT_SETTINGS, type Settings, settingSchemas } from '../../shared/config/settings-schema.ts';

/** What the user has set for the app, in a JSON file of its own. What is not in the file has its default. */
export class SettingsFile {
  readonly #path: string;
  #settings: Settings = DEFAULT_SETTINGS;
  /** Of a later version, say: they are kept as they are. */
  #others: Readonly<Record<string, unknown>> = {};
  readonly #turns = new Turns();

  constructor(path: string) {
    this.#path = path;
  }

  get current(): Settings {
    return this.#settings;
  }

  /** Resolves with a line for the user when something in the file could not be used; the file is kept aside then. */
  async load(): Promise<string | null> {
    const text = await readFile(this.#path, 'utf8').catch(() => null);
    if (text === null) return null;
    const { settings, others, wrong } = parseSettings(text);
    this.#settings = settings;
    this.#others = others;
    if (wrong === null) return null;
    const aside = `${this.#path}.broken`;
    const isKept = await rename(this.#path, aside).then(
      () => true,
      () => false,
    );
    return `${wrong}${isKept ? ` The file was kept as ${basename(aside)}.` : ''}`;
  }

  /** Resolves once they are on disk; a sentence says why they are not. */
  change(change: Partial<Settings>): Promise<Result<Settings, string>> {
    return this.#turns.take(async () => {
      const next = { ...this.#settings, ...change };
      try {
        await writeFile(this.#path, `${JSON.stringify({ ...this.#others, ...next }, null, 2)}\n`, {
          mode: 0o600,
        });
      } catch (error) {
        return fail(
          `The settings could not be saved: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      this.#settings = next;
      return ok(next);
    });
  }
}

interface Parsed {
  readonly settings: Settings;
  readonly others: Readonly<Record<string, unknown>>;
  /** What could not be used, in a sentence. */
  readonly wrong: string | null;
}

function parseSettings(text: string): Parsed {
  const value = objectIn(text);
  if (value === null) {
    const wrong = 'The settings file could not be read, so every setting has its default.';
    return { settings: DEFAULT_SETTINGS, others: {}, wrong };
  }
  const good: [string, unknown][] = [];
  const others: [string, unknown][] = [];
  const bad: string[] = [];
  for (const [name, setting] of Object.entries(value)) {
    const schema = new Map(Object.entries(settingSchemas)).get(name);
    if (!schema) others.push([name, setting]);
    else if (schema.safeParse(setting).success) good.push([name, setting]);
    else bad.push(name);
  }
  return {
    settings: { ...DEFAULT_SETTINGS, ...Object.fromEntries(good) },
    others: Object.fromEntries(others),
    wrong:
      bad.length === 0
        ? null
        : `In the settings file, ${bad.join(', ')} could not be used and has its default.`,
  };
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
