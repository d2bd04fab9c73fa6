/** Faults with a name, as their lines; what people reach for first. */
export const FAULT_PRESETS = [
  { title: 'Crash', line: 'Connections are refused; what is in flight is lost', faults: ['crash'] },
  {
    title: 'Slow 3G',
    line: '400 ms ± 100 ms and 50 KB/s',
    faults: ['latency 400ms±100ms', 'bandwidth 50KB/s'],
  },
  {
    title: 'Flaky 10 %',
    line: 'One request in ten is answered 503',
    faults: ['error 503 probability=0.1 affects=traffic'],
  },
  {
    title: 'Half-dead',
    line: 'Passes its checks, and every other request hangs',
    faults: ['hang every=2 affects=traffic'],
  },
  { title: 'Crashes every 10 s', line: 'Works for 10 s, is gone for 3 s', faults: ['flap 10s/3s'] },
] as const;
