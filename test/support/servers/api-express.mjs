// An Express API that has no page at `/`, but a health path. Argument: the port.
import express from 'express';

const app = express();
app.get('/api/users', (_request, response) => void response.send('ada'));
app.get('/healthz', (_request, response) => void response.send('ok'));
app.listen(Number(process.argv[2]), '127.0.0.1');
