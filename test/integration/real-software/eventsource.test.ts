import { createServer, type Server, type ServerResponse } from 'node:http';
import { EventSource } from 'eventsource';
import { afterEach, expect, it } from 'vitest';
import { listening } from '../../support/listening.ts';
import { oneConfig, startEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const listen = listening();
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Feed {
  readonly name: string;
  readonly server: Server;
  readonly streams: ServerResponse[];
  /** What each stream's client said it had heard last. */
  readonly lastIds: (string | undefined)[];
}

/** A server of events that are sent when the test says so. */
function createFeed(name: string): Feed {
  const streams: ServerResponse[] = [];
  const lastIds: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    if (request.url !== '/events') return void response.end();
    lastIds.push(request.headers['last-event-id']?.toString());
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write('retry: 20\n\n');
    streams.push(response);
  });
  return { name, server, streams, lastIds };
}

async function setUp() {
  const feeds = [createFeed('a'), createFeed('b')];
  const urls: string[] = [];
  for (const { server } of feeds) urls.push(`http://127.0.0.1:${await listen(server)}`);
  const engine = await startEngine(oneConfig(urls));
  stops.push(engine.stop);
  await engine.settle();
  const source = new EventSource(`${engine.url}/events`);
  stops.push(() => source.close());
  const heard: string[] = [];
  source.addEventListener('message', ({ data }) => heard.push(data));
  const first = await until('a server has a stream', () => feeds.find(({ streams }) => streams.length > 0));
  const other = feeds.find((feed) => feed !== first) ?? first;
  return { first, other, heard };
}

it('events arrive one by one, each before the next is sent', async () => {
  const { first, heard } = await setUp();
  const expected: string[] = [];
  for (let at = 0; at < 50; at++) {
    first.streams[0]?.write(`data: ${at}\n\n`);
    expected.push(String(at));
    await until(`event ${at} has arrived`, () => heard.length > at);
    expect(heard).toEqual(expected);
  }
});

it('when its server goes away, the client goes on at the other one, and says what it heard last', async () => {
  const { first, other, heard } = await setUp();
  first.streams[0]?.write('id: 41\ndata: before\n\n');
  await until('the event has arrived', () => heard.length === 1);
  first.server.close();
  first.server.closeAllConnections();
  await until('the other server has a stream', () => other.streams.length > 0);
  expect(other.lastIds).toEqual(['41']);
  other.streams[0]?.write('id: 42\ndata: after\n\n');
  await until('the event has arrived', () => heard.length === 2);
  expect(heard).toEqual(['before', 'after']);
});
