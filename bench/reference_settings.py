"""The product's own server settings for the bare page, which has no database to look at before it opens."""

from pathlib import Path
from runpy import run_path

_settings = run_path(str(Path(__file__).parents[1] / "deploy" / "gunicorn.conf.py"))
globals().update({name: value for name, value in _settings.items() if name != "on_starting"})
