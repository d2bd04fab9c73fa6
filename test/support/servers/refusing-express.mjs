// An Express app that refuses uploads before it reads them, and closes. Argument: the port.
import express from 'express';

const app = express();
app.get('/', (_request, response) => response.send('ok'));
app.post('/', (_request, response) => response.status(401).set('Connection', 'close').send('denied'));
app.listen(Number(process.argv[2]), '127.0.0.1');
