// A server in a process of its own: prints its port, and answers with the page it was told.
import { createServer } from 'node:http';

const [title = '', status = '200', host = '127.0.0.1'] = process.argv.slice(2);
const body = title === '' ? 'ok' : `<html><head><title>${title}</title></head></html>`;
createServer((_, response) => {
  response.writeHead(Number(status), { 'Content-Type': 'text/html', Server: 'test' }).end(body);
}).listen(0, host, function () {
  process.stdout.write(`${this.address().port}\n`);
});
