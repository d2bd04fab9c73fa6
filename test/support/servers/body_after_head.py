"""A server that sends a body after HEAD, as `do_HEAD = do_GET` does. Argument: the port."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Length', '5')
        self.end_headers()
        self.wfile.write(b'hello')

    do_HEAD = do_GET


ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
