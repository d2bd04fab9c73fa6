import { createHash } from 'node:crypto';
import type { Config } from '../../shared/config/config.ts';
import type { CommandToAllow } from '../../shared/config/config-document.ts';
import { type ConfigReach, isNothing, NO_REACH, newReach, reachOf } from '../services/config/config-reach.ts';
import { AllowedHashes } from './allowed-hashes.ts';
import { type CommandTrust, hashOf } from './command-trust.ts';
import type { AskUser, ConfigRequest } from './consent-request.ts';

/** A config that is about to take effect. */
export interface Candidate {
  readonly config: Config;
  /** What paths in it start from. */
  readonly folder: string;
  /** Of its file; null for one that is in none yet. */
  readonly path: string | null;
  readonly occasion: ConfigRequest['occasion'];
}

/** What is in force. */
export type InForce = Pick<Candidate, 'config' | 'folder'> | null;

export interface ConsentParts {
  readonly trust: Pick<CommandTrust, 'toAllow' | 'allow'>;
  /** Of the file that remembers which configs the user has said yes to. */
  readonly path: string;
  readonly ask: AskUser;
}

/**
 * Whether the user has said yes to what a config does beyond balancing on loopback. A config is a file people send each
 * other: none of it takes effect before that. A yes is remembered by what matters, not by the text.
 */
export class ConfigConsent {
  readonly #parts: ConsentParts;
  readonly #allowed: AllowedHashes;

  constructor(parts: ConsentParts) {
    this.#parts = parts;
    this.#allowed = new AllowedHashes(parts.path);
  }

  /** What the user has to be asked first; null when there is nothing. */
  async requestFor(candidate: Candidate, inForce: InForce): Promise<ConfigRequest | null> {
    const { config, folder, path, occasion } = candidate;
    const reach = reachOf(config, folder);
    const commands = await this.#parts.trust.toAllow(config, folder);
    // Where nothing is in force, all of it is new, whoever has had a hand in it.
    if (occasion === 'opened' || inForce === null) {
      const isReachKnown = isNothing(reach) || (await this.#allowed.has(hashOfReach(reach)));
      const areCommandsKnown = commands.length === 0 || (await this.#allowed.has(hashOfAll(reach, commands)));
      return isReachKnown && areCommandsKnown ? null : { kind: 'config', occasion, path, reach, commands };
    }
    const before = reachOf(inForce.config, inForce.folder);
    const added = newReach(before, reach);
    // Whoever edits here sees the hosts and files that they write. A door to other machines is main's business always.
    const asked = occasion === 'edited' ? { ...NO_REACH, opens: newlyOpened(before, added) } : added;
    if (isNothing(asked) || (await this.#allowed.has(hashOfReach(reach)))) return null;
    // New commands wait until the user reviews them, where the rest of the config need not wait for that.
    return { kind: 'config', occasion, path, reach: asked, commands: [] };
  }

  /**
   * Asks, and remembers a yes.
   *
   * @returns whether the candidate may take effect; of its commands, those run that were allowed
   */
  async ask(request: ConfigRequest, candidate: Candidate): Promise<boolean> {
    const answer = await this.#parts.ask(request);
    if (answer === 'no') return false;
    if (answer === 'yes-and-run') await this.#parts.trust.allow(request.commands);
    await this.remember(candidate);
    return true;
  }

  /** Asks whether commands of the config in force may run, and remembers a yes. */
  async askCommands(path: string | null, commands: readonly CommandToAllow[]): Promise<boolean> {
    if (commands.length === 0) return true;
    const answer = await this.#parts.ask({ kind: 'commands', path, commands });
    if (answer !== 'yes-and-run') return false;
    await this.#parts.trust.allow(commands);
    return true;
  }

  /** The user knows this config: opened again as it is, it takes effect without a question. */
  async remember({ config, folder }: Pick<Candidate, 'config' | 'folder'>): Promise<void> {
    const reach = reachOf(config, folder);
    const commands = await this.#parts.trust.toAllow(config, folder);
    await this.#allowed.add([
      ...(isNothing(reach) ? [] : [hashOfReach(reach)]),
      ...(commands.length === 0 ? [] : [hashOfAll(reach, commands)]),
    ]);
  }
}

/** Addresses that nothing was listening on for other machines. */
function newlyOpened(before: ConfigReach, added: ConfigReach): ConfigReach['opens'] {
  return added.opens.filter(({ address }) => !before.opens.some((one) => one.address === address));
}

function hashOfReach(reach: ConfigReach): string {
  return createHash('sha256')
    .update(JSON.stringify(['reach', reach]))
    .digest('hex');
}

/** With the commands that wait. */
function hashOfAll(reach: ConfigReach, commands: readonly CommandToAllow[]): string {
  return createHash('sha256')
    .update(JSON.stringify(['all', reach, commands.map(hashOf).sort()]))
    .digest('hex');
}
