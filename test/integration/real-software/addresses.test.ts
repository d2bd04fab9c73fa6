import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../../support/installed.ts';
import { listening } from '../../support/listening.ts';
import { RawClient } from '../../support/raw-client.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';
import { configOf, startEngine } from '../../support/test-engine.ts';

const listen = listening();
const stops: (() => unknown)[] = [];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchyard-addresses-'));
});
afterAll(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
  await rm(folder, { recursive: true, force: true });
});

/** A folder of files to serve, with `dir` in it. */
function documents(name: string): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'dir'), { recursive: true });
  writeFileSync(join(root, 'dir', 'index.html'), 'the page');
  return root;
}

async function running(...args: Parameters<typeof startServer>): Promise<ServerProcess> {
  const server = await startServer(...args);
  stops.push(() => server.stop());
  return server;
}

/** In front of a service: at `/`, and with the prefix taken off at `/sub`. */
async function balance(url: string, pool: object = {}) {
  const engine = await startEngine(
    configOf({
      listeners: [
        {
          address: '127.0.0.1:0',
          defaultPool: 'p',
          allowedHosts: ['shop.test'],
          routes: [{ path: '/sub', pool: 'p', stripPrefix: true }],
        },
      ],
      pools: { p: { servers: [url], healthCheck: { type: 'off' }, ...pool } },
    }),
  );
  stops.push(() => engine.stop());
  /** The response to a client that reached this host. */
  const head = async (path: string, host: string) => {
    const client = new RawClient(engine.port);
    client.send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    return (await client.ends(20_000)).split('\r\n\r\n')[0] ?? '';
  };
  const value = (text: string, name: string) =>
    text
      .split('\r\n')
      .find((line) => line.toLowerCase().startsWith(`${name}: `))
      ?.slice(name.length + 2);
  return {
    port: engine.port,
    location: async (path: string, host = `localhost:${engine.port}`) =>
      value(await head(path, host), 'location'),
    cookie: async (path: string, host = `localhost:${engine.port}`) =>
      value(await head(path, host), 'set-cookie'),
  };
}

describe.runIf(isInstalled('/usr/sbin/nginx'))('nginx, whose redirect to a folder names its own port', () => {
  let backend: ServerProcess;
  beforeAll(async () => {
    const root = documents('nginx');
    backend = await running((port) => {
      const config = join(folder, 'nginx.conf');
      writeFileSync(
        config,
        `user root; daemon off; error_log stderr; pid ${folder}/nginx.pid; events {}
http { access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; server { listen 127.0.0.1:${port}; root ${root}; } }`,
      );
      return ['/usr/sbin/nginx', '-c', config, '-e', 'stderr'];
    });
  });

  it('leads to where the client was, with its prefix', async () => {
    const { location, port } = await balance(backend.url);
    expect(await location('/dir')).toBe(`http://localhost:${port}/dir/`);
    expect(await location('/dir', 'shop.test')).toBe('http://shop.test/dir/');
    expect(await location('/sub/dir')).toBe(`http://localhost:${port}/sub/dir/`);
  });

  it('is left alone with mapBack: false', async () => {
    const { location } = await balance(backend.url, { mapBack: false });
    expect(await location('/dir')).toBe(`http://localhost:${backend.port}/dir/`);
  });
});

describe.runIf(isInstalled('/usr/sbin/apache2'))('Apache, asked by its own Host', () => {
  it('leads to where the client was', async () => {
    const root = documents('apache');
    const backend = await running((port) => {
      const config = join(folder, 'apache.conf');
      const modules = '/usr/lib/apache2/modules';
      writeFileSync(
        config,
        `ServerRoot "${folder}"\nServerName localhost\nPidFile "${folder}/apache.pid"\nErrorLog "${folder}/apache.log"
DefaultRuntimeDir "${folder}"\nListen 127.0.0.1:${port}
LoadModule mpm_event_module ${modules}/mod_mpm_event.so\nLoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule dir_module ${modules}/mod_dir.so\nDocumentRoot "${root}"\n<Directory "${root}">\nRequire all granted\n</Directory>\n`,
      );
      return ['/usr/sbin/apache2', '-D', 'FOREGROUND', '-f', config];
    });
    const { location, port } = await balance(backend.url, { hostHeader: 'backend' });
    expect(await location('/dir')).toBe(`http://localhost:${port}/dir/`);
    expect(await location('/sub/dir', 'shop.test')).toBe('http://shop.test/sub/dir/');
  });
});

describe.runIf(isInstalled('/usr/share/doc/ruby-sinatra') && isInstalled('/usr/share/doc/ruby-webrick'))(
  'Sinatra, which does not read X-Forwarded-Prefix',
  () => {
    it('redirects and sets cookies below the prefix', async () => {
      const app = join(folder, 'app.rb');
      writeFileSync(
        app,
        `require 'sinatra/base'
class App < Sinatra::Base
  get('/go') { redirect '/landed' }
  get('/cookie') { response.set_cookie('a', value: '1', path: '/app'); 'ok' }
end
App.run!(server: 'webrick', bind: '127.0.0.1', port: ARGV[0].to_i, quiet: true, environment: :production)
`,
      );
      const backend = await running((port) => ['ruby', app, String(port)]);
      const { location, cookie, port } = await balance(backend.url);
      expect(await location('/go')).toBe(`http://localhost:${port}/landed`);
      expect(await location('/sub/go')).toBe(`http://localhost:${port}/sub/landed`);
      expect(await cookie('/cookie')).toMatch(/^a=1; path=\/app$/i);
      expect(await cookie('/sub/cookie')).toMatch(/^a=1; path=\/sub\/app$/i);
    });
  },
);

const JARS = ['tomcat10-embed-core', 'tomcat10-juli', 'tomcat10-annotations-api'].map(
  (name) => `/usr/share/java/${name}.jar`,
);

describe.runIf(isInstalled('/usr/bin/java') && JARS.every(isInstalled))(
  'Tomcat with its RemoteIpValve, as Spring Boot has it',
  () => {
    it('knows the port that the client reached', async () => {
      const root = documents('tomcat');
      mkdirSync(join(folder, 'conf'));
      const backend = await running(
        (port) => {
          writeFileSync(
            join(folder, 'conf', 'server.xml'),
            `<Server port="-1"><Service name="Catalina"><Connector port="${port}" address="127.0.0.1" />
<Engine name="Catalina" defaultHost="localhost"><Valve className="org.apache.catalina.valves.RemoteIpValve"
protocolHeader="x-forwarded-proto" portHeader="x-forwarded-port" hostHeader="x-forwarded-host" /><Host name="localhost" appBase="none">
<Context path="" docBase="${root}" useRelativeRedirects="false" mapperDirectoryRedirectEnabled="true" /></Host></Engine></Service></Server>`,
          );
          return [
            '/usr/bin/java',
            '-Xshare:auto',
            '-XX:TieredStopAtLevel=1',
            `-Dcatalina.base=${folder}`,
            `-Dcatalina.home=${folder}`,
            '-cp',
            JARS.join(':'),
            'org.apache.catalina.startup.Tomcat',
            '--await',
          ];
        },
        { cwd: folder },
      );
      const { location, port } = await balance(backend.url, { mapBack: false });
      expect(await location('/dir')).toBe(`http://localhost:${port}/dir/`);
      expect(await location('/dir', 'shop.test')).toBe('http://shop.test/dir/');
      const mapped = await balance(backend.url);
      expect(await mapped.location('/sub/dir')).toBe(`http://localhost:${mapped.port}/sub/dir/`);
    });
  },
);

/** `NextResponse.redirect(new URL('/landed', request.url))` of Next 16: `request.url` has the server's own address. */
describe('a server that redirects to its own address, as Next does', () => {
  it('leads to where the client was', async () => {
    let own = '';
    const server = createServer((_request, response) =>
      response.writeHead(307, { Location: `${own}/landed` }).end(),
    );
    own = `http://localhost:${await listen(server)}`;
    const { location, port } = await balance(own.replace('localhost', '127.0.0.1'));
    expect(await location('/go')).toBe(`http://localhost:${port}/landed`);
    expect(await location('/sub/go', 'shop.test')).toBe('http://shop.test/sub/landed');
  });
});
