"""The WSGI entry point: the application, made from the environment."""

from config import config_from_env
from innovate.app import create_app

app = create_app(config_from_env())
