import type { Notification as NotificationType } from 'electron';
import type { EngineEvent } from '../../shared/view/engine-event.ts';
import type { BackendKey, BackendSnapshot } from '../../shared/view/snapshot.ts';
import type { Clock } from '../engine/system/clock.ts';
import {
  addHappening,
  dueAt,
  forget,
  happeningOf,
  keyOf,
  NO_NOTES,
  type NotesPlan,
  tell,
} from './notifications-plan.ts';

export interface NotificationParts {
  readonly Notification: typeof NotificationType;
  readonly clock: Clock;
  /** A backend as it stands now. */
  readonly find: (key: BackendKey) => Promise<BackendSnapshot | undefined>;
  readonly isRehearsal: () => boolean;
  /** Whether the window has the focus. */
  readonly isSeen: () => boolean;
  readonly showPool: (pool: string) => void;
}

/** What becomes of a process the user has ended or paused comes a moment later. */
const OWN_DOING_MS = 60_000;

/** Tells of backends that go down and come back by themselves, while nobody looks at the window. */
export class Notifications {
  readonly #parts: NotificationParts;
  /** When the user did something to the process behind a backend. */
  readonly #acted = new Map<string, number>();
  #plan: NotesPlan = NO_NOTES;
  #cancel: (() => void) | null = null;
  #isStopped = false;
  /** One that nobody holds would not hear its click. */
  #shown: NotificationType | null = null;

  constructor(parts: NotificationParts) {
    this.#parts = parts;
  }

  /** The user, or somebody for them, has done something to the process behind a backend: what follows is no news. */
  noteActed({ pool, backend }: BackendKey): void {
    const now = this.#parts.clock.now();
    for (const [key, at] of this.#acted) if (now - at >= OWN_DOING_MS) this.#acted.delete(key);
    this.#acted.set(keyOf({ pool, backend }), now);
  }

  async note(event: EngineEvent): Promise<void> {
    if (!('backend' in event) || !/^backend-/.test(event.kind)) return;
    const isOwnDoing = this.#isOwnDoing(event);
    const backend = await this.#parts.find({ pool: event.pool, backend: event.backend });
    const happening = isOwnDoing ? null : happeningOf(event, backend, this.#parts.isRehearsal());
    if (this.#isStopped) return;
    this.#plan = happening ? addHappening(this.#plan, happening) : forget(this.#plan, event);
    this.#wait();
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
    this.#shown?.close();
  }

  #isOwnDoing({ pool, backend }: BackendKey): boolean {
    const at = this.#acted.get(keyOf({ pool, backend }));
    return at !== undefined && this.#parts.clock.now() - at < OWN_DOING_MS;
  }

  #wait(): void {
    const due = dueAt(this.#plan);
    this.#cancel?.();
    this.#cancel =
      due === null
        ? null
        : this.#parts.clock.after(Math.max(0, due - this.#parts.clock.now()), () => this.#tell());
  }

  #tell(): void {
    const { Notification, clock, isSeen, showPool } = this.#parts;
    this.#cancel = null;
    const { plan, note } = tell(this.#plan, clock.now(), isSeen());
    this.#plan = plan;
    if (!note || !Notification.isSupported()) return;
    const shown = new Notification({ title: note.title, body: note.body, silent: true });
    shown.on('click', () => showPool(note.pool));
    shown.show();
    this.#shown = shown;
  }
}
