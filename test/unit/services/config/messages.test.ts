import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../electron/services/config/parse.ts';
import type { ConfigIssue } from '../../../../shared/config/config.ts';
import { POLICIES } from '../../../../shared/config/policies.ts';

function issuesOf(text: string): readonly ConfigIssue[] {
  const config = parseConfig(text);
  return config.ok ? [] : config.error;
}
const ONE_OF = `must be one of ${POLICIES.map((name) => `"${name}"`).join(', ')}`;
const messagesOf = (text: string) => issuesOf(text).map(({ message }) => message);
const simple = (fields: string) => messagesOf(`{"servers":["http://a"],${fields}}`);
const servers = (list: string) => messagesOf(`{"servers":[${list}]}`);
const full = (listeners: string, pools = '"p":{"servers":["http://a"]}') =>
  messagesOf(`{"listeners":[${listeners}],"pools":{${pools}}}`);
const pool = (fields: string) =>
  full('{"address":":1","defaultPool":"p"}', `"p":{"servers":["http://a"],${fields}}`);

describe('the whole file', () => {
  it.each([
    ['', 'The file is empty; write { "servers": ["http://localhost:5001"] } to begin with'],
    ['[]', 'A config is an object in braces; write { "servers": ["http://localhost:5001"] } to begin with'],
    ['hello world', 'Line 1, column 1: "hello" is not JSON; names and text need double quotes'],
    ["{ 'servers': [] }", "Line 1, column 3: 'servers' is not JSON; names and text need double quotes"],
    ['{\n  servers: []\n}', 'Line 2, column 3: "servers" is not JSON; names and text need double quotes'],
    ['{ "servers": ["http://a" "http://b"] }', 'Line 1, column 26: "http://b" lacks a "," before it'],
    ['{ "servers" [] }', 'Line 1, column 13: "[" stands where a ":" belongs, between a name and its value'],
    [
      '{ "servers": ["http://a"]\n',
      'Line 1, column 25: the end of the file stands where a "}" belongs, to close what was opened',
    ],
    ['{} /* x', 'Line 1, column 4: "/* x" is a comment without its closing "*/"'],
    ['['.repeat(100_000), 'Line 1, column 65: it is nested too deeply to be a config'],
    ['{}', 'servers: is missing; it must be a list of URLs such as ["http://localhost:5001"]'],
  ])('%.40j', (text, message) => {
    expect(messagesOf(text)).toEqual([message]);
  });
});

describe('fields', () => {
  it.each([
    ['"prot":1', 'prot: is not a field here; did you mean "port"?'],
    ['"Policy":1', 'Policy: is not a field here; did you mean "policy"?'],
    [
      '"colour":1',
      'colour: is not a field here; the fields are "port", "healthCheckInterval", "policy", "exposeBackend", "whenAllDown", "servers"',
    ],
    ['"interval":"1s"', 'interval: is not a field here; write it as "healthCheckInterval"'],
    [
      '"retries":{}',
      'retries: is not a field here; it is a field of a pool, which needs the full form with "listeners" and "pools"',
    ],
    [
      '"allowedHosts":[]',
      'allowedHosts: is not a field here; it is a field of a listener, which needs the full form with "listeners" and "pools"',
    ],
    ['"port":1,"port":2', 'port: is given twice; keep one of them'],
    ['"exposeBackend":"no"', 'exposeBackend: "no" must be true or false'],
    ['"policy":"fair"', `policy: "fair" ${ONE_OF}`],
    ['"policy":5', `policy: 5 ${ONE_OF}, or an object with a "name"`],
    ['"policy":{}', `policy.name: is missing; it ${ONE_OF}`],
    ['"policy":{"name":"fair"}', `policy.name: "fair" ${ONE_OF}`],
    [
      '"policy":"header-hash"',
      'policy: "header-hash" needs a header; write { "name": "header-hash", "header": "X-User" }',
    ],
    [
      '"policy":"cookie-hash"',
      'policy: "cookie-hash" needs a cookie; write { "name": "cookie-hash", "cookie": "session" }',
    ],
    [
      '"policy":{"name":"header-hash"}',
      'policy.header: is missing; it must be the name of a header, such as "X-User"',
    ],
    [
      '"policy":{"name":"cookie-hash"}',
      'policy.cookie: is missing; it must be the name of a cookie, such as "session"',
    ],
    [
      '"policy":{"name":"sticky-cookie","cookie":"a b"}',
      'policy.cookie: "a b" must be the name of a cookie, such as "session"',
    ],
    [
      '"policy":{"name":"sticky-cookie","key":"secret"}',
      'policy.key: "secret" must be text of 16 to 200 characters that nobody guesses',
    ],
    [
      '"policy":{"name":"random","header":"X-User"}',
      'policy.header: "X-User" is nothing that "random" goes by; remove it',
    ],
    ['"policy":{"name":"random","heder":"x"}', 'policy.heder: is not a field here; did you mean "header"?'],
  ])('%s', (fields, message) => {
    expect(simple(fields)).toEqual([message]);
  });

  it.each([
    [
      '"healthCheck":{"intervall":"1s"}',
      'pools.p.healthCheck.intervall: is not a field here; did you mean "interval"?',
    ],
    [
      '"healthCheck":{"path":"up"}',
      'pools.p.healthCheck.path: "up" must be a path that starts with "/", such as "/health"',
    ],
    [
      '"healthCheck":{"expectedStatus":"399-200"}',
      'pools.p.healthCheck.expectedStatus: "399-200" must go from the lower status to the higher',
    ],
    [
      '"healthCheck":{"type":"udp"}',
      'pools.p.healthCheck.type: "udp" must be "http", "tcp", "grpc" or "off"',
    ],
    [
      '"healthCheck":{"expectedStatus":"ok"}',
      'pools.p.healthCheck.expectedStatus: "ok" must be a status such as "200" or a range such as "200-399"',
    ],
    [
      '"healthCheck":{"expectedStatus":700}',
      'pools.p.healthCheck.expectedStatus: 700 must be a status such as "200" or a range such as "200-399"',
    ],
    [
      '"healthCheck":{"expectedStatus":true}',
      'pools.p.healthCheck.expectedStatus: true must be a status such as "200" or a range such as "200-399", or a list of them',
    ],
    [
      '"healthCheck":{"expectedStatus":["200","399-200"]}',
      'pools.p.healthCheck.expectedStatus[1]: "399-200" must go from the lower status to the higher',
    ],
    [
      '"healthCheck":{"headers":{"Connection":"x"}}',
      'pools.p.healthCheck.headers.Connection: is not a name; it is written by the probe itself; leave it out',
    ],
    [
      '"healthCheck":{"bodyContains":"ok"}',
      'pools.p.healthCheck.bodyContains: "ok" needs a method whose answer has a body; set "method" to "GET"',
    ],
    ['"healthCheck":{"rise":0}', 'pools.p.healthCheck.rise: 0 must be a whole number from 1 to 100'],
    ['"retries":[]', 'pools.p.retries: [] must be an object'],
    [
      '"timeouts":{"connect":3000}',
      'pools.p.timeouts.connect: 3000 is not a duration; write "3000ms" or "3000s" (units: ms, s, m, h)',
    ],
  ])('of a pool: %s', (fields, message) => {
    expect(pool(fields)).toEqual([message]);
  });

  it.each([
    [
      '"healthCheck":{"method":"GET","bodyContains":"ok"},"servers":[{"url":"http://a","healthCheck":{"method":"HEAD"}}]',
      'pools.p.servers[0].healthCheck.method: "HEAD" gets no body, in which the pool looks for its "bodyContains"; set "method" to "GET"',
    ],
    [
      '"servers":[{"url":"http://a","healthCheck":{"bodyContains":"ok"}}]',
      'pools.p.servers[0].healthCheck.bodyContains: "ok" needs a method whose answer has a body; set "method" to "GET"',
    ],
  ])('of a server and its pool: %s', (fields, message) => {
    expect(full('{"address":":1","defaultPool":"p"}', `"p":{${fields}}`)).toEqual([message]);
  });

  it.each([
    '"healthCheck":{"method":"GET"},"servers":[{"url":"http://a","healthCheck":{"bodyContains":"ok"}}]',
    '"healthCheck":{"type":"tcp","bodyContains":"ok"},"servers":["http://a"]',
  ])('none: %s', (fields) => {
    expect(full('{"address":":1","defaultPool":"p"}', `"p":{${fields}}`)).toEqual([]);
  });

  it.each([
    [
      '"routes":[{"path":"/a"}]',
      'listeners[0].routes[0]: {"path":"/a"} needs one of "pool", "respond" and "redirect"',
    ],
    [
      '"routes":[{"pool":"p","redirect":"/x"}]',
      'listeners[0].routes[0]: {"pool":"p","redirect":"/x"} needs one of "pool", "respond" and "redirect"',
    ],
    [
      '"routes":[{"path":"/a","pool":"q"}]',
      'listeners[0].routes[0].pool: "q" is not a pool; the pools are "p"',
    ],
    [
      '"routes":[{"path":"/a","pool":"p"},{"path":"/a","redirect":"/x"}]',
      'listeners[0].routes[1]: {"path":"/a","redirect":"/x"} is for the same requests as routes[0]',
    ],
    [
      '"routes":[{"path":"a","pool":"p"}]',
      'listeners[0].routes[0].path: "a" must be a path that starts with "/", such as "/users"',
    ],
    [
      '"routes":[{"host":"a:80","pool":"p"}]',
      'listeners[0].routes[0].host: "a:80" must be a host without a port, such as "users.localhost" or "*.example.localhost"',
    ],
    [
      '"routes":[{"pool":"p","requestHeaders":{"set":{"Host":"x"}}}]',
      'listeners[0].routes[0].requestHeaders.set.Host: is not a name; it is written by the balancer itself; leave it out',
    ],
    [
      '"routes":[{"pool":"p","path":"/a","stripPrefix":true,"replacePrefix":"/b"}]',
      'listeners[0].routes[0].stripPrefix: true and "replacePrefix" exclude each other',
    ],
    [
      '"trustedProxies":["10.0.0.0/99"]',
      'listeners[0].trustedProxies[0]: "10.0.0.0/99" must be "loopback", an address such as "10.0.0.1", or a range such as "10.0.0.0/8"',
    ],
  ])('of a listener: %s', (fields, message) => {
    const text = `{"listeners":[{"address":":1","defaultPool":"p",${fields}}],"pools":{"p":{"servers":["http://a"]}}}`;
    expect(messagesOf(text)).toEqual([message]);
  });

  it('the two forms are told apart, and how to write one field in the other', () => {
    const text = '{"port":1,"servers":["http://a"],"listeners":[{"address":":1","defaultPool":"p"}]}';
    expect(messagesOf(text)).toEqual([
      'pools: is missing; it must be an object that maps a name to a pool',
      'port: is not a field here; with "listeners" and "pools", write it as the "address" of a listener',
      'servers: is not a field here; with "listeners" and "pools", write it in a pool',
    ]);
  });
});

describe('servers', () => {
  it.each([
    ['"localhost:5003"', 'servers[0]: "localhost:5003" has no scheme; write "http://localhost:5003"'],
    ['":5003"', 'servers[0]: ":5003" has no scheme; write "http://localhost:5003"'],
    ['"https:/a"', 'servers[0]: "https:/a" has no scheme; write "https://a"'],
    ['5001', 'servers[0]: 5001 must be a URL; write "http://localhost:5001"'],
    ['true', 'servers[0]: true must be a URL such as "http://localhost:5001", or an object with a "url"'],
    ['{"name":"a"}', 'servers[0].url: is missing; it must be a URL such as "http://localhost:5001"'],
    ['{"url":"ftp://a"}', 'servers[0].url: "ftp://a" has the scheme "ftp"; a backend has "http" or "https"'],
    ['"http://a:70000"', 'servers[0]: "http://a:70000" has a port above 65535; use 1 to 65535'],
    ['"http://a:0"', 'servers[0]: "http://a:0" has port 0, which nothing can be reached at; use 1 to 65535'],
    ['"http://u:p@a"', 'servers[0]: "http://u:p@a" has a user name or password in it; remove it'],
    ['{"url":"http://a","weight":0}', 'servers[0].weight: 0 must be a whole number from 1 to 1000'],
    ['"http://a","http://A/"', 'servers[1]: "http://A/" is in the list already, as servers[0]; remove one'],
    [
      '{"command":""}',
      'servers[0].command: "" must be text such as "node server.js", not empty and without a NUL',
    ],
    ['{"command":"a","cwd":1}', 'servers[0].cwd: 1 must be text such as "."'],
    ['{"command":"a","instances":101}', 'servers[0].instances: 101 must be a whole number from 0 to 100'],
    ['{"command":"a","env":{"A":1}}', 'servers[0].env.A: 1 must be text; write it in quotes'],
    ['{"command":"a","env":[]}', 'servers[0].env: [] must be an object such as { "LOG_LEVEL": "debug" }'],
    [
      '{"command":"a","url":"http://localhost:5001"}',
      'servers[0].url: "http://localhost:5001" has to leave the port to each instance; write it like "http://localhost:{port}"',
    ],
    [
      '{"url":"http://localhost:{port}"}',
      'servers[0].url: "http://localhost:{port}" has a {port} in it, which goes with a "command"; write the port',
    ],
    [
      '{"url":"http://a","instances":2}',
      'servers[0].instances: 2 goes with a "command"; write one, or remove it',
    ],
    [
      '{"command":"a"},{"command":"b"}',
      'servers[1].command: "b" goes by the name "instance", as servers[0] does; give it a "name"',
    ],
    [
      '{"command":"a","name":"u"},{"url":"http://a","name":"u-1"}',
      'servers[1].name: "u-1" is the name of an instance of servers[0] too; give it another',
    ],
    [
      '{"url":"http://a","name":"u-1"},{"command":"a","name":"u"}',
      'servers[1].name: "u" gives an instance the name of servers[0]; give it another',
    ],
    [
      '"http://a",{"url":"http://b","name":"a"}',
      'servers[1].name: "a" is the name of servers[0] too; give it another',
    ],
    [
      '"http://a","https://a"',
      'servers[1]: "https://a" goes by the name "a", as servers[0] does; give it a "name"',
    ],
  ])('%s', (list, message) => {
    expect(servers(list)).toEqual([message]);
  });

  it('an object that cannot be made text is refused like any other', () => {
    expect(servers('{"toString":1,"valueOf":1}')).toHaveLength(3);
    expect(simple('"healthCheckInterval":{"toString":1}')).toHaveLength(1);
  });
});

describe('listeners', () => {
  const forms = 'write ":8080", 8080, "127.0.0.1:8080", "[::1]:8080" or "0.0.0.0:8080"';
  it.each([
    ['"x"', `"x" is not an address to listen on; ${forms}`],
    ['"::1:80"', '"::1:80" is not an address to listen on; write "[::1]:80"'],
    ['"http://localhost:80/"', '"http://localhost:80/" is not an address to listen on; write "localhost:80"'],
    ['"*:80"', '"*:80" is not an address to listen on; "0.0.0.0" is what lets other machines in'],
    ['"256.1.1.1:80"', `"256.1.1.1:80" has no IPv4 address for its host; ${forms}`],
    ['"[::x]:80"', `"[::x]:80" has no IPv6 address in its brackets; ${forms}`],
    ['70000', '70000 has a port above 65535; use 1 to 65535, or 0 for a free one'],
    ['true', 'true is not an address to listen on; write ":8080"'],
  ])('port %s', (port, words) => {
    expect(simple(`"port":${port}`)).toEqual([`port: ${words}`]);
  });

  const taken = 'is listened on by listeners[0] already; choose another port';
  it.each([
    [':80', '127.0.0.1:80'],
    ['[::1]:80', ':80'],
    ['0.0.0.0:80', ':80'],
    ['localhost:80', ':80'],
    ['[::]:80', '127.0.0.1:80'],
    ['0.0.0.0:80', '[::]:80'],
    [':0', ':0'],
  ])('%s leaves no room for %s', (one, other) => {
    const listeners = `{"address":"${one}","defaultPool":"p"},{"address":"${other}","defaultPool":"p"}`;
    expect(full(listeners)).toEqual([`listeners[1].address: "${other}" ${taken}`]);
  });

  it.each([
    ['127.0.0.1:80', '[::1]:80'],
    ['127.0.0.1:80', '127.0.0.2:80'],
    ['0.0.0.0:80', '[::1]:80'],
    [':80', ':81'],
  ])('%s leaves room for %s', (one, other) => {
    const listeners = `{"address":"${one}","defaultPool":"p"},{"address":"${other}","defaultPool":"p"}`;
    expect(full(listeners)).toEqual([]);
  });

  it('a name and a pool of its own', () => {
    const listener = (address: string, rest: string) => `{"address":"${address}",${rest}}`;
    const named = '"name":"n","defaultPool":"p"';
    expect(full(`${listener(':1', named)},${listener(':2', named)}`)).toEqual([
      'listeners[1].name: "n" is the name of listeners[0] too',
    ]);
    expect(full('{"address":":1","defaultPool":"q"}')).toEqual([
      'listeners[0].defaultPool: "q" is not a pool; the pools are "p"',
    ]);
    expect(full('{}')).toEqual([
      'listeners[0].address: is missing; write ":8080"',
      'listeners[0].defaultPool: is missing; it must be the name of a pool',
    ]);
  });
});

it('one mistake does not hide another, and all come in the order of the file', () => {
  expect(
    issuesOf(
      '{\n  "servers": ["http://a", "b:1", "http://a"],\n  "healthCheckInterval": 2,\n  "port": "x"\n}',
    ).map(({ path, line }) => [path, line]),
  ).toEqual([
    ['servers[1]', 2],
    ['servers[2]', 2],
    ['healthCheckInterval', 3],
    ['port', 4],
  ]);
});

it('each points at what it is about: a value, a name, or where something is missing', () => {
  const text = '{ "servers": [{ "nam": "x" }], "port": "x", "port": 1 }';
  const marked = issuesOf(text).map(({ path, offset = 0, length = 0 }) => [
    path,
    text.slice(offset, offset + length),
  ]);
  expect(marked).toEqual([
    ['servers[0].url', '{'],
    ['servers[0].nam', '"nam"'],
    ['port', '"port"'],
  ]);
});

it('places count a byte order mark and Windows line ends as editors do', () => {
  expect(issuesOf('\uFEFF{\r\n  "servers": [1.5]\r\n}')[0]).toMatchObject({ line: 2, column: 15, length: 3 });
});

describe('names that cannot be used', () => {
  const WORDS = 'cannot be used as a name; choose another';

  it.each([
    ['pools', full('{"address":":1","defaultPool":"p"}', '"p":{"servers":["http://a"]},"__proto__":{}')],
    [
      'scenarios',
      messagesOf(
        '{"listeners":[{"address":":1","defaultPool":"p"}],"pools":{"p":{"servers":["http://a"]}},"scenarios":{"__proto__":["at 1s: a crash"]}}',
      ),
    ],
    ['listeners[0]', full('{"address":":1","defaultPool":"p","__proto__":{"rehearsal":true}}')],
    ['pools.p.healthCheck.headers', pool('"healthCheck":{"headers":{"__proto__":"x"}}')],
    [
      'listeners[0].routes[0].requestHeaders.set',
      full(
        '{"address":":1","defaultPool":"p","routes":[{"path":"/a","pool":"p","requestHeaders":{"set":{"__proto__":"x"}}}]}',
      ),
    ],
    ['servers[1].env', servers('"http://a",{"command":"a","env":{"__proto__":"x"}}')],
  ])('__proto__ in %s', (path, messages) => {
    expect(messages).toContain(`${path}.__proto__: ${WORDS}`);
  });

  it('others that every object has are names like any other', () => {
    expect(
      full(
        '{"address":":1","defaultPool":"constructor"}',
        '"constructor":{"servers":[{"url":"http://a","name":"toString"}]},"hasOwnProperty":{"servers":[{"command":"a","env":{"constructor":"x","valueOf":"y"}}]}',
      ),
    ).toEqual([]);
    expect(simple('"constructor":1')).toEqual([expect.stringContaining('constructor: is not a field here')]);
  });
});

describe('what would be a load of its own', () => {
  it.each([
    [
      '"healthCheckInterval":"1ms"',
      'healthCheckInterval: "1ms" is too short for a health check; write at least "100ms"',
    ],
    [
      '"healthCheckInterval":"99ms"',
      'healthCheckInterval: "99ms" is too short for a health check; write at least "100ms"',
    ],
  ])('simple form: %s', (fields, message) => {
    expect(simple(fields)).toEqual([message]);
  });

  it.each([
    ['"interval":"1ms"', 'interval: "1ms" is too short for a health check; write at least "100ms"'],
    ['"downInterval":"5ms"', 'downInterval: "5ms" is too short for a health check; write at least "100ms"'],
    [
      '"interval":"1s","jitter":"950ms"',
      'jitter: "950ms" leaves less than 100ms between two probes; make it shorter, or the interval longer',
    ],
    [
      '"downInterval":"150ms","jitter":"100ms"',
      'jitter: "100ms" leaves less than 100ms between two probes; make it shorter, or the interval longer',
    ],
  ])('health check: %s', (fields, message) => {
    expect(pool(`"healthCheck":{${fields}}`)).toEqual([`pools.p.healthCheck.${message}`]);
  });

  it('a server that shortens the interval of its pool', () => {
    const list =
      '{"url":"http://a","healthCheck":{"interval":"1ms"}},{"url":"http://b","healthCheck":{"interval":"150ms"}}';
    expect(
      full(
        '{"address":":1","defaultPool":"p"}',
        `"p":{"servers":[${list}],"healthCheck":{"jitter":"100ms"}}`,
      ),
    ).toEqual([
      'pools.p.servers[0].healthCheck.interval: "1ms" is too short for a health check; write at least "100ms"',
      'pools.p.servers[1].healthCheck.interval: "150ms" leaves less than 100ms between two probes; make it shorter, or the interval longer',
    ]);
  });

  const urls = (count: number) =>
    Array.from({ length: count }, (_, index) => `"http://a:${index + 1}"`).join();

  it('the shortest interval and the longest lists there may be', () => {
    expect(simple('"healthCheckInterval":"100ms"')).toEqual([]);
    expect(servers(urls(1_000))).toEqual([]);
  });

  it('more servers than a pool may have, or all pools together', () => {
    expect(servers(urls(1_001)).map((message) => message.replace(/\[.*…/, '…'))).toEqual([
      'servers: … has more than 1000 servers; remove some',
    ]);
    const pools = ['p', 'q', 'r'].map((name) => `"${name}":{"servers":[${urls(700)}]}`).join();
    const [message] = full('{"address":":1","defaultPool":"p"}', pools);
    expect(message).toContain('has more than 2000 servers in all pools together; remove some');
  });

  it('more pools, listeners or routes', () => {
    const listeners = Array.from(
      { length: 101 },
      (_, index) => `{"address":":${index + 1}","defaultPool":"p"}`,
    );
    expect(full(listeners.join())[0]).toContain('has more than 100 listeners; remove some');
    const pools = Array.from({ length: 201 }, (_, index) => `"p${index}":{"servers":["http://a"]}`);
    expect(full('{"address":":1","defaultPool":"p0"}', pools.join())[0]).toContain('has more than 200 pools');
    const routes = Array.from({ length: 1_001 }, (_, index) => `{"path":"/${index}","pool":"p"}`);
    expect(full(`{"address":":1","defaultPool":"p","routes":[${routes.join()}]}`)[0]).toContain(
      'has more than 1000 routes; remove some',
    );
  });
});
