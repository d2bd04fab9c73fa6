import { useState } from 'react';
import { formatListenAddress, parseListenAddress } from '../../../shared/config/listen-address.ts';
import type { ListenerSnapshot } from '../../../shared/view/snapshot.ts';
import { Button } from '../../components/button.tsx';
import { failureWords } from '../../stores/config-actions.ts';
import { useApp } from '../../stores/use-app.ts';

const TRIES = 20;
/** Below this, a port takes rights that few people run a desktop app with. */
const FIRST_FOR_ALL = 1_024;
const COMMON = 8_080;

/** Where a listener's port is not to be had: the first above it that is. Trying is the only way to know. */
export function NextPortButton({ listener }: { readonly listener: ListenerSnapshot }) {
  const editConfig = useApp((state) => state.editConfig);
  const toast = useApp((state) => state.toast);
  const [isTrying, setTrying] = useState(false);
  const parsed = parseListenAddress(listener.address);
  if (!parsed.ok) return null;
  const { host, port } = parsed.value;
  const take = async () => {
    setTrying(true);
    const first = port < FIRST_FOR_ALL ? COMMON : port + 1;
    for (let next = first; next < first + TRIES && next <= 65_535; next++) {
      const address = formatListenAddress({ host, port: next });
      const result = await editConfig({ kind: 'set-address', listener: listener.name, address });
      // What could not be bound is not applied, and another may do; anything else is no matter of ports.
      if (!result.ok && result.error.code === 'not-applied') continue;
      if (result.ok) toast({ tone: 'plain', words: `Now listening on ${address}.` });
      else toast({ tone: 'bad', words: failureWords(result.error) });
      setTrying(false);
      return;
    }
    setTrying(false);
    toast({ tone: 'bad', words: `None of the next ${TRIES} ports is free; change the address by hand.` });
  };
  return (
    <Button disabled={isTrying} onClick={() => void take()}>
      Use the next free port
    </Button>
  );
}
