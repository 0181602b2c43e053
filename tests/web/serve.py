"""Serves the page's files as airseamd does, with a source of frames of its own in place of the daemon: for looking at the page and for measuring it.

    python3 tests/web/serve.py [PORT]       then open http://127.0.0.1:PORT/?aircraft=10000
"""
import functools
import http.server
import os
import sys
import threading

TOP = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
PLACES = {'/map/': 'config/areas/', '/lib/d3-array.js': '/usr/share/nodejs/d3-array/dist/d3-array.min.js', '/lib/d3-geo.js': '/usr/share/nodejs/d3-geo/dist/d3-geo.min.js',
          '/main.js': 'tests/web/mock.js'}
POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; worker-src 'self'; "
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'")


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, '.js': 'text/javascript', '.area': 'application/octet-stream'}

    def translate_path(self, path):
        path = path.split('?')[0]
        for prefix, place in PLACES.items():
            if path.startswith(prefix):
                return os.path.join(TOP, place + path[len(prefix):])
        return os.path.join(TOP, 'daemon/web/page', path.lstrip('/') or 'index.html')

    def end_headers(self):
        self.send_header('Content-Security-Policy', POLICY)
        self.send_header('Cache-Control', 'no-store')
        super().end_headers()

    def log_message(self, *_):
        pass


def start(port=0):
    server = http.server.ThreadingHTTPServer(('127.0.0.1', port), functools.partial(Handler, directory=TOP))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


if __name__ == '__main__':
    started = start(int(sys.argv[1]) if len(sys.argv) > 1 else 8099)
    print('http://127.0.0.1:%d/' % started.server_address[1])
    threading.Event().wait()
