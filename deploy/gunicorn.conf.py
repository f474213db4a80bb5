"""Settings of the web server, the same on a laptop (`flask serve`) and in production (deploy/innovate-web.service).

Change them with the environment (docs/operations.md) rather than here.
"""

import sys
import time
from importlib import import_module
from typing import Any

from config import server_settings_from_env
from innovate.core import serving

_settings = server_settings_from_env()
_LARGE = 0.05  # seconds of work that make a page large
_PAUSE = 3.0  # seconds between two times; what was given back has to be asked for again

bind = _settings.bind
workers = _settings.workers
worker_class = "gthread"
threads = _settings.threads

# One copy of the program in memory, shared by the workers. Nothing connects to the database before the fork.
preload_app = True

timeout = 60
graceful_timeout = 20
keepalive = 75  # longer than nginx keeps its side open, so that it never meets a closed connection

# The access log is the reverse proxy's work: it knows the real addresses and rotates its files.
accesslog = None
errorlog = "-"
loglevel = "warning"

control_socket_disable = True


def on_starting(server: Any) -> None:
    """Look once, before any worker serves, whether the site may open; then set the loaded program aside.

    What is frozen the garbage collector no longer walks through (0.1 s in the middle of a large page), and the workers
    go on sharing its memory: so the mathematics, which features load when they need it, come now, once for all workers.
    """
    if wrong := serving.check_apart(server.app.wsgi()):
        sys.exit(f"innovate does not start: {wrong}")
    import_module("innovate.results.queries.computed")
    serving.keep_one_arena()
    serving.set_aside()


def pre_request(_worker: Any, request: Any) -> None:
    """Remember what this thread had worked when a request began."""
    request.began = time.thread_time()


def post_request(worker: Any, request: Any, _environ: Any, _response: Any) -> None:
    """Give back, now and then, what large pages needed for a moment. Waiting is no work: a save in a queue is small.

    Within the pause it stays owed to the next request, however small: else the last page of many would keep it all.
    """
    now = time.monotonic()
    worker.owes = getattr(worker, "owes", False) or time.thread_time() - request.began > _LARGE
    if worker.owes and now - getattr(worker, "gave_back", 0.0) > _PAUSE:
        worker.gave_back, worker.owes = now, False
        serving.give_memory_back()
