"""The WSGI entry point: the application, made from the environment."""

import gc
import os
import sys

# Before numpy comes: our matrices are small, and threads of its own would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from config import config_for
from innovate.app import create_app
from innovate.core.logs import configure_logs

config = config_for(sys.argv)
configure_logs(level=config.LOG_LEVEL, form=config.LOG_FORMAT)
gc.disable()  # what is loaded stays: looking for garbage in it takes a tenth of the start
app = create_app(config)
gc.enable()
