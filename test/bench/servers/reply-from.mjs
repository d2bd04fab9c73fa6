// @fastify/reply-from on fastify: undici's pool behind node:http. Bodies stream through unread. Prints its port.
import replyFrom from '@fastify/reply-from';
import fastify from 'fastify';

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', (_request, body, done) => done(null, body));
app.register(replyFrom, { base: process.argv[2], undici: { connections: 1_024, pipelining: 1 } });
app.all('/*', (request, reply) => reply.from(request.url));
await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${app.server.address().port}\n`);
