import { Tabs } from '@base-ui/react/tabs';
import type { ExchangeView } from '../../../shared/view/exchange-record.ts';
import { parseHead } from '../../../shared/view/message-head.ts';
import { Toggle } from '../../components/toggle.tsx';
import { BodyPreview } from './body-preview.tsx';
import styles from './detail-tabs.module.css';
import { HeaderList } from './header-list.tsx';
import { RequestHeaders } from './request-headers.tsx';
import { WhatHappened } from './what-happened.tsx';

const UNKNOWN =
  'Its headers are not known: nobody was watching as it ended, or too many requests came with it or since.';

const NO_HEADERS = 'What came was not a readable request: it has no headers to show.';

interface Props {
  readonly detail: ExchangeView;
  /** Whether credentials and cookies are to be seen. */
  readonly isRevealed: boolean;
  onReveal(isRevealed: boolean): void;
}

/** What became of a request, what was asked, and what was answered. */
export function DetailTabs({ detail, isRevealed, onReveal }: Props) {
  const { heads, bodies } = detail;
  return (
    <Tabs.Root className={styles.root} defaultValue="happened">
      <div className={styles.bar}>
        <Tabs.List className={styles.list} aria-label="About the request" activateOnFocus>
          <Tabs.Tab className={styles.tab} value="happened">
            What happened
          </Tabs.Tab>
          <Tabs.Tab className={styles.tab} value="request">
            Request
          </Tabs.Tab>
          <Tabs.Tab className={styles.tab} value="answer">
            Answer
          </Tabs.Tab>
        </Tabs.List>
        {heads && (
          <span className={styles.reveal} title="Credentials and cookies are hidden until then">
            <span aria-hidden="true">Reveal</span>
            <Toggle label="Reveal credentials and cookies" isOn={isRevealed} onChange={onReveal} />
          </span>
        )}
      </div>
      <Tabs.Panel className={styles.panel} value="happened">
        <WhatHappened record={detail} />
      </Tabs.Panel>
      <Tabs.Panel className={styles.panel} value="request">
        {heads && heads.request !== '' ? (
          <RequestHeaders detail={detail} heads={heads} isRevealed={isRevealed} />
        ) : (
          <p className={styles.lead}>{heads ? NO_HEADERS : UNKNOWN}</p>
        )}
        <BodyPreview
          body={bodies?.request ?? null}
          head={heads?.request ?? null}
          size={detail.bytesIn}
          pool={detail.pool}
        />
      </Tabs.Panel>
      <Tabs.Panel className={styles.panel} value="answer">
        {heads?.answer ? (
          <HeaderList head={parseHead(heads.answer)} isRevealed={isRevealed} />
        ) : (
          <p className={styles.lead}>{heads ? noAnswer(detail.status) : UNKNOWN}</p>
        )}
        <BodyPreview
          body={bodies?.answer ?? null}
          head={heads?.answer ?? null}
          size={detail.bytesOut}
          pool={detail.pool}
        />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function noAnswer(status: number): string {
  return status === 499 ? 'There was no answer before the client left.' : 'There was no answer.';
}
