"""Python's http.server, refusing uploads before it reads them. Arguments: the port, the protocol it speaks."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = sys.argv[2]

    def respond(self, status, body):
        self.send_response(status)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    def do_GET(self):
        self.respond(200, b'ok')

    do_HEAD = do_GET

    def do_POST(self):
        self.respond(401, b'denied')


ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
