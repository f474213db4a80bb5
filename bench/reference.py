"""The bare page everything is compared with: Flask, one route, served by the same server command."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def page() -> str:
    """The smallest answer Flask can give."""
    return "ok"


@app.get("/healthz")
def healthz() -> dict[str, str]:
    """So that the same code can wait for both servers."""
    return {"status": "ok"}
