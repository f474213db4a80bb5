"""What the browser loads: one stylesheet, the font subset and script modules under hashed names."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from flask import Flask, Response, request, url_for

BUILD_DIR = "build"
MANIFEST = "manifest.json"
CSS_ORDER = ("tokens", "base", "components", "pages", "utilities")
FONT_PLACEHOLDER = "inter-latin.woff2"
FONT_PACKAGE = "fontpkg_inter"
# Latin, Latin-1, Latin Extended-A, the punctuation and signs our texts use, arrows, checks.
FONT_RANGES = (
    "U+0020-007E,U+00A0-017F,U+0192,U+02C6,U+02DA,U+02DC,U+1E9E,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,"
    "U+2030,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264,U+2265,U+2713,U+2717"
)
FONT_FEATURES = ("calt", "ccmp", "kern", "locl", "mark", "mkmk", "lnum", "tnum", "ss03", "frac", "case")
# Names below these patterns never change their content and may be cached for a year.
IMMUTABLE_URL = re.compile(r"/build/(?:[\w-]+\.[0-9a-f]{12}\.\w+|js-[0-9a-f]{12}/.+)$")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Manifest(TypedDict):
    """What was built from what: `sources` is the fingerprint of everything that went in."""

    sources: str
    css: str
    font: str
    js: str


class AssetList(NamedTuple):
    """For pages kept on a device: the addresses of everything a page may load, and the name of this build."""

    urls: Callable[[], list[str]]
    build: Callable[[], str]


def build_assets(static_dir: Path) -> Manifest:
    """Build everything that is missing or outdated; names already handed out stay in place."""
    build_dir = static_dir / BUILD_DIR
    sources = _fingerprint(static_dir)
    known = _read_manifest(build_dir)
    if known is not None and known["sources"] == sources:
        return known
    build_dir.mkdir(parents=True, exist_ok=True)
    font = _build_font(build_dir)
    manifest = Manifest(
        sources=sources,
        css=_build_css(static_dir, build_dir, font),
        font=font,
        js=_build_js(static_dir, build_dir),
    )
    _write(build_dir / MANIFEST, json.dumps(manifest, indent=1).encode())
    return manifest


def init_assets(app: Flask) -> None:
    """Give templates `asset_url(name)`: "app.css", "inter.woff2", "js/app.js", or any file under static/.

    Nothing is built here: the first name asked for builds what `build_assets` has not built before.
    """
    resolver = _Resolver(Path(str(app.static_folder)), watch=bool(app.debug))

    def asset_url(name: str) -> str:
        path, query = resolver.resolve(name)
        return url_for("static", filename=path, **query)

    def list_asset_urls() -> list[str]:
        return [
            asset_url(name) for name in ("app.css", "inter.woff2", "img/mark.svg", *resolver.list_scripts())
        ]

    app.jinja_env.globals["asset_url"] = asset_url
    app.extensions["assets"] = AssetList(list_asset_urls, resolver.fingerprint)
    app.after_request(_cache_for_a_year)


def is_immutable(_path: str, url: str) -> bool:
    """Whether what stands at this address never changes (the form WhiteNoise asks for)."""
    return IMMUTABLE_URL.search(url) is not None


def _cache_for_a_year(response: Response) -> Response:
    if request.endpoint == "static" and (is_immutable("", request.path) or "v" in request.args):
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


class _Resolver:
    """Turns the names used in templates into the built ones; with `watch` it looks for changes each time."""

    def __init__(self, static_dir: Path, *, watch: bool) -> None:
        self._static_dir = static_dir
        self._watch = watch
        self._manifest: Manifest | None = None
        self._versions: dict[str, str] = {}

    def resolve(self, name: str) -> tuple[str, dict[str, Any]]:
        """Return the path under static/ and the query that go with a name."""
        manifest = self._current()
        if name == "app.css":
            return f"{BUILD_DIR}/{manifest['css']}", {}
        if name == "inter.woff2":
            return f"{BUILD_DIR}/{manifest['font']}", {}
        if name.startswith("js/"):
            return f"{BUILD_DIR}/{manifest['js']}/{name.removeprefix('js/')}", {}
        return name, {"v": self._version(name)}

    def list_scripts(self) -> list[str]:
        """Every module, as templates name them."""
        return [str(path.relative_to(self._static_dir)) for path in _js_files(self._static_dir)]

    def fingerprint(self) -> str:
        """Changes with every file that went into the build."""
        return self._current()["sources"]

    def _current(self) -> Manifest:
        if self._manifest is None or self._watch:
            self._manifest = build_assets(self._static_dir)
        return self._manifest

    def _version(self, name: str) -> str:
        if name not in self._versions or self._watch:
            self._versions[name] = _digest((self._static_dir / name).read_bytes())
        return self._versions[name]


def _build_css(static_dir: Path, build_dir: Path, font: str) -> str:
    text = "\n".join(_squeeze(path.read_text("utf-8")) for path in _css_files(static_dir))
    content = text.replace(FONT_PLACEHOLDER, font).encode()
    name = f"app.{_digest(content)}.css"
    _write_with_packed(build_dir / name, content)
    return name


def _build_js(static_dir: Path, build_dir: Path) -> str:
    """Copy the modules into one folder named after all of them, so that relative imports stay true."""
    files = [(path.relative_to(static_dir / "js"), path.read_bytes()) for path in _js_files(static_dir)]
    folder = f"js-{_digest(*(part for path, content in files for part in (str(path).encode(), content)))}"
    for path, content in files:
        target = build_dir / folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_with_packed(target, content)
    return folder


def _build_font(build_dir: Path) -> str:
    name = f"inter-latin.{_font_fingerprint()}.woff2"
    target = build_dir / name
    if not target.exists():
        _write(target, _subset_font())
    return name


def _subset_font() -> bytes:
    # fontTools takes half a second to import and is needed once.
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=list(FONT_FEATURES), notdef_outline=True)
    options.drop_tables += ["DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(FONT_RANGES))
    with subset.load_font(str(_font_source()), options) as font, tempfile.TemporaryDirectory() as folder:
        subsetter.subset(font)
        path = Path(folder) / "inter.woff2"
        subset.save_font(font, str(path), options)
        return path.read_bytes()


def _font_source() -> Path:
    spec = find_spec(FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError(
            f"the package {FONT_PACKAGE} is not installed; run pip install -r requirements.txt"
        )
    return Path(spec.origin).parent / "files" / "Inter[opsz,wght].ttf"


@cache
def _font_fingerprint() -> str:
    parts = (version("fontpkg-inter"), version("fonttools"), FONT_RANGES, *FONT_FEATURES)
    return _digest("|".join(parts).encode())


def _fingerprint(static_dir: Path) -> str:
    files = [*_css_files(static_dir), *_js_files(static_dir)]
    named = (
        part for path in files for part in (str(path.relative_to(static_dir)).encode(), path.read_bytes())
    )
    return _digest(_font_fingerprint().encode(), *named)


def _css_files(static_dir: Path) -> list[Path]:
    return [path for room in CSS_ORDER for path in sorted((static_dir / "css" / room).rglob("*.css"))]


def _js_files(static_dir: Path) -> list[Path]:
    return sorted((static_dir / "js").rglob("*.js"))


def _squeeze(css: str) -> str:
    """Drop comments, indentation and empty lines; compression does the rest."""
    lines = (line.strip() for line in _COMMENT.sub("", css).splitlines())
    return "\n".join(line for line in lines if line)


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in _framed(parts):
        digest.update(part)
    return digest.hexdigest()[:12]


def _framed(parts: Iterable[bytes]) -> Iterable[bytes]:
    # Length before content: "ab" + "c" and "a" + "bc" must not look alike.
    for part in parts:
        yield len(part).to_bytes(8, "big")
        yield part


def _read_manifest(build_dir: Path) -> Manifest | None:
    try:
        manifest: Manifest = json.loads((build_dir / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    built = (manifest.get("css"), manifest.get("font"), manifest.get("js"))
    complete = all(name and (build_dir / name).exists() for name in built)
    return manifest if complete else None


def _write_with_packed(path: Path, content: bytes) -> None:
    """Write a text file with its compressed forms beside it, where the static server finds them."""
    import brotli

    _write(path, content)
    _write(path.with_name(path.name + ".gz"), gzip.compress(content, 9, mtime=0))
    _write(path.with_name(path.name + ".br"), brotli.compress(content))


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step: two workers may build at the same moment."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    ready = Path(temporary)
    ready.chmod(0o644)
    ready.replace(path)
