"""A server that leaves the bodies of requests unread, and keeps its connections. Argument: the port."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        if self.headers.get('X-Status'):
            self.send_response(int(self.headers['X-Status']))
        else:
            self.send_response(200)
        body = f'{self.command} {self.path}'.encode()
        print(f'{self.command} {self.path}', flush=True)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    do_HEAD = do_DELETE = do_OPTIONS = do_POST = do_PUT = do_GET


ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
