"""An API on Flask's development server that has no page at `/`. Argument: the port."""

import sys

from flask import Flask

app = Flask(__name__)


@app.get('/api/users')
def users():
    return 'ada'


app.run(port=int(sys.argv[1]), threaded=True)
