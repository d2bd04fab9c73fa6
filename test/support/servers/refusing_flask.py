"""A Flask app on its development server that refuses uploads before it reads them. Argument: the port."""

import sys

from flask import Flask, abort

app = Flask(__name__)


@app.get('/')
def root():
    return 'ok'


@app.post('/')
def upload():
    abort(401)


app.run(port=int(sys.argv[1]), threaded=True)
