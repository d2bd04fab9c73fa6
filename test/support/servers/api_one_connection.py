"""An API without HEAD that serves one connection at a time, with keep-alive. Argument: the port."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Api(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        body = b'ada' if self.path == '/api/users' else b''
        self.send_response(200 if body else 401)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


HTTPServer(('127.0.0.1', int(sys.argv[1])), Api).serve_forever()
