import type { Discovery, FoundGroup, FoundServer, PortOwner } from '../../../shared/view/discovery.ts';
import type { FoundCheck } from '../../../shared/view/found-check.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { isNoteworthy } from '../../stores/found-checks.ts';
import { useApp } from '../../stores/use-app.ts';
import styles from './find-dialog.module.css';
import { addable, poolOf } from './found-servers.ts';

interface Props {
  readonly found: Discovery;
  /** Their URLs. */
  readonly ticked: ReadonlySet<string>;
  /** That were found for those that are ticked, by URL. */
  readonly checks: ReadonlyMap<string, FoundCheck>;
  onTick(urls: readonly string[], isOn: boolean): void;
}

/** What was found, in groups of likely copies, and below what does not speak HTTP. */
export function FoundList({ found: { groups, silent }, ticked, checks, onTick }: Props) {
  return (
    <>
      <ul className={styles.groups} aria-label="Servers found">
        {groups.map((group) => (
          <Group key={group.servers[0]?.url} group={group} ticked={ticked} checks={checks} onTick={onTick} />
        ))}
      </ul>
      {silent.length > 0 && (
        <details className={styles.silent}>
          <summary>
            {silent.length} {silent.length === 1 ? 'port does' : 'ports do'} not speak HTTP
          </summary>
          <ul className={styles.plain}>
            {silent.map(({ port, owner, reason }) => (
              <li key={`${port} ${owner.pid}`}>
                <span className={styles.port}>{port}</span> {owner.name} {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Group({ group, ticked, checks, onTick }: Omit<Props, 'found'> & { readonly group: FoundGroup }) {
  const pools = useApp((state) => state.snapshot?.pools) ?? [];
  const urls = addable(group, pools).map(({ url }) => url);
  const on = urls.filter((url) => ticked.has(url)).length;
  const isOne = group.servers.length === 1;
  const owner = group.servers[0]?.owner;
  return (
    <li className={styles.group}>
      <div className={styles.head}>
        {!isOne && (
          <Checkbox
            label={`All of ${group.name}`}
            isOn={urls.length > 0 && on === urls.length}
            isPartly={on > 0 && on < urls.length}
            isDisabled={urls.length === 0}
            onChange={(isOn) => onTick(urls, isOn)}
          />
        )}
        <b className={styles.name}>{group.name}</b>
        {!isOne && <span className={styles.quiet}>{group.servers.length} likely copies</span>}
        {owner && <Origin owner={owner} />}
      </div>
      <ul className={styles.servers} data-inset={!isOne}>
        {group.servers.map((server) => (
          <Server
            key={server.url}
            server={server}
            pool={poolOf(server, pools)}
            isOn={ticked.has(server.url)}
            check={ticked.has(server.url) ? checks.get(server.url) : undefined}
            onTick={(isOn) => onTick([server.url], isOn)}
          />
        ))}
      </ul>
    </li>
  );
}

interface ServerProps {
  readonly server: FoundServer;
  /** That it is in already. */
  readonly pool: string | null;
  readonly isOn: boolean;
  readonly check: FoundCheck | undefined;
  onTick(isOn: boolean): void;
}

function Server({ server: { url, status, title, owner }, pool, isOn, check, onTick }: ServerProps) {
  const who = owner.pid === null ? '' : `pid ${owner.pid}`;
  return (
    <li>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box is inside, with a label of its own. */}
      <label className={styles.server}>
        <Checkbox label={`${url}, ${owner.name}`} isOn={isOn} isDisabled={pool !== null} onChange={onTick} />
        <span className={`mono ${styles.url}`}>{url.replace(/^http:\/\//, '')}</span>
        <span className={styles.title} title={title ?? undefined}>
          {pool === null ? (title ?? '') : `in pool ${pool} already`}
        </span>
        <span className={styles.figure} title="Status of GET /">
          {status}
        </span>
        <span className={styles.figure}>{owner.kind === 'container' ? 'Docker' : who}</span>
      </label>
      {check && isNoteworthy(check) && <p className={styles.check}>{check.words}</p>}
    </li>
  );
}

function Origin({ owner: { detail, folder } }: { readonly owner: PortOwner }) {
  const words = [detail, folder === null ? null : `in ${folder}`].filter((one) => one !== null).join(' ');
  return (
    <span className={`mono ${styles.origin}`} title={words}>
      {words}
    </span>
  );
}
