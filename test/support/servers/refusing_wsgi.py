"""A WSGI app that refuses uploads before it reads them."""


def app(environ, start_response):
    if environ['REQUEST_METHOD'] == 'POST':
        start_response('401 Unauthorized', [('Content-Type', 'text/plain'), ('Content-Length', '6')])
        return [b'denied']
    start_response('200 OK', [('Content-Type', 'text/plain'), ('Content-Length', '2')])
    return [b'ok']
