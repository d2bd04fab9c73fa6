import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPorts } from '../../../../electron/services/discovery/listening-port.ts';
import { readLsofFolders, readLsofSockets, readPs } from '../../../../electron/services/discovery/lsof.ts';
import { readMacTable } from '../../../../electron/services/discovery/mac-table.ts';
import { readProcNet } from '../../../../electron/services/discovery/proc-net.ts';
import { readWindowsJson } from '../../../../electron/services/discovery/windows-table.ts';
import { runs } from '../../../support/property.ts';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1389 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 212848 1 00000000b0141cae 100 0 0 10 0
   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1173 1 000000002e88a21f 100 0 0 10 0
   2: 0100007F:1389 0100007F:A9C4 01 00000000:00000000 00:00000000 00000000  1000        0 313 1 000000002e88a21f 100 0 0 10 0
   3: 3500007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 999 1 0000000000000000 100 0 0 10 5
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:1389 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 212850 1 0000000000000000 100 0 0 10 0
   1: 00000000000000000000000000000000:0BB8 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 212851 1 0000000000000000 100 0 0 10 0
   2: 0000000000000000FFFF00000100007F:0BB9 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 212852 1 0000000000000000 100 0 0 10 0
   3: B80D0120000000000000000001000000:0BBA 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 212853 1 0000000000000000 100 0 0 10 0
`;

describe("Linux's table", () => {
  it('tells the listening sockets of IPv4', () => {
    expect(readProcNet(TCP)).toEqual([
      { address: '127.0.0.1', port: 5001, inode: '212848' },
      { address: '0.0.0.0', port: 8080, inode: '1173' },
      { address: '127.0.0.53', port: 53, inode: '999' },
    ]);
  });

  it('tells those of IPv6', () => {
    expect(readProcNet(TCP6).map(({ address, port }) => `${address} ${port}`)).toEqual([
      '::1 5001',
      ':: 3000',
      '::ffff:127.0.0.1 3001',
      '2001:db8::1 3002',
    ]);
  });
});

it('takes the two addresses of one process for one port, and leaves out what loopback does not reach', () => {
  const sockets = [
    { address: '127.0.0.1', port: 5001, pid: 7 },
    { address: '::1', port: 5001, pid: 7 },
    { address: '::1', port: 5002, pid: 8 },
    { address: '192.168.1.4', port: 5003, pid: 8 },
    { address: '127.0.0.1', port: 4000, pid: null },
  ];
  expect(joinPorts(sockets)).toEqual([
    { port: 4000, addresses: ['127.0.0.1'], pid: null },
    { port: 5001, addresses: ['127.0.0.1', '::1'], pid: 7 },
    { port: 5002, addresses: ['::1'], pid: 8 },
  ]);
});

describe('lsof', () => {
  const SOCKETS =
    'p512\ncnode\nf23\nn127.0.0.1:5001\nf24\nn[::1]:5001\np800\ncControlCe\nf9\nn*:7000\nf10\nn*:*\n';

  it('tells sockets by process', () => {
    expect(readLsofSockets(SOCKETS)).toEqual([
      { pid: 512, command: 'node', address: '127.0.0.1', port: 5001 },
      { pid: 512, command: 'node', address: '::1', port: 5001 },
      { pid: 800, command: 'ControlCe', address: '*', port: 7000 },
    ]);
  });

  it('tells folders, and ps command lines', () => {
    expect(readLsofFolders('p512\nfcwd\nn/Users/me/my app\n').get(512)).toBe('/Users/me/my app');
    expect(readPs('  512 node server.js --port 5001\n  800 /System/ControlCenter\n').get(512)).toEqual([
      'node',
      'server.js',
      '--port',
      '5001',
    ]);
  });

  it('makes a table of them, asking about those that listen alone', async () => {
    const asked: string[] = [];
    const table = await readMacTable(async (program, args) => {
      asked.push([program, ...args].join(' '));
      if (program === 'ps') return '  512 node server.js\n';
      return args.includes('cwd') ? 'p512\nfcwd\nn/srv/app\n' : SOCKETS;
    });
    expect(table.ports.map(({ port, pid }) => [port, pid])).toEqual([
      [5001, 512],
      [7000, 800],
    ]);
    expect(table.processes).toEqual([
      { pid: 512, program: 'node', argv: ['node', 'server.js'], folder: '/srv/app' },
      { pid: 800, program: 'ControlCe', argv: [], folder: null },
    ]);
    expect(asked).toContain('lsof -a -d cwd -p 512,800 -Fpn');
  });
});

describe("Windows' table", () => {
  it('is read from what PowerShell answers', () => {
    const text = `\uFEFF${JSON.stringify({
      sockets: [
        { LocalAddress: '127.0.0.1', LocalPort: 5001, OwningProcess: 4242 },
        { LocalAddress: '::', LocalPort: 135, OwningProcess: 900 },
      ],
      processes: [
        {
          ProcessId: 4242,
          Name: 'node.exe',
          ExecutablePath: 'C:\\Program Files\\nodejs\\node.exe',
          CommandLine: '"C:\\Program Files\\nodejs\\node.exe" server.js 5001',
        },
        { ProcessId: 900, Name: 'svchost.exe', ExecutablePath: null, CommandLine: null },
      ],
    })}`;
    const { ports, processes } = readWindowsJson(text);
    expect(ports.map(({ port, pid }) => [port, pid])).toEqual([
      [135, 900],
      [5001, 4242],
    ]);
    expect(processes[0]).toEqual({
      pid: 4242,
      program: 'C:\\Program Files\\nodejs\\node.exe',
      argv: ['C:\\Program Files\\nodejs\\node.exe', 'server.js', '5001'],
      folder: null,
    });
    expect(processes[1]).toMatchObject({ program: 'svchost.exe', argv: [] });
  });
});

it('reads any text without throwing', () => {
  const lines = fc.constantFrom(...TCP.split('\n'), ...TCP6.split('\n'), 'p1', 'n[:]:1', 'n*:99999', ' 1 a');
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(lines).map((all) => all.join('\n')),
  );
  fc.assert(
    fc.property(text, (any) => {
      for (const { port } of [...readProcNet(any), ...readLsofSockets(any)])
        expect(port).toBeGreaterThanOrEqual(0);
      readLsofFolders(any);
      readPs(any);
    }),
    runs(200),
  );
}, 60_000);
