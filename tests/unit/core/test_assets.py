"""Assets: built once, named after their content, complete, small, served for a year."""

import gzip
import json
import re
import shutil
from pathlib import Path

import brotli
import pytest
from flask import Flask

from innovate.core.web import assets

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real static folder, built."""
    static = tmp_path_factory.mktemp("site") / "static"
    shutil.copytree(ROOT / "static", static, ignore=shutil.ignore_patterns("build"))
    assets.build_assets(static)
    return static


@pytest.fixture
def static(built: Path, tmp_path: Path) -> Path:
    """The same for a test that changes it."""
    return Path(shutil.copytree(built, tmp_path / "static"))


def test_a_second_build_touches_nothing(static: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in static.rglob("*")}
    first = assets.build_assets(static)
    assert {path: path.stat().st_mtime_ns for path in static.rglob("*")} == before
    assert json.loads((static / "build/manifest.json").read_text()) == first


def test_a_changed_style_gets_a_new_name_and_the_old_one_stays(static: Path) -> None:
    before = assets.build_assets(static)
    (static / "css/components/buttons.css").write_text(".btn { color: red; }")
    after = assets.build_assets(static)
    assert after["css"] != before["css"]
    assert (after["js"], after["font"]) == (before["js"], before["font"])
    assert (static / "build" / before["css"]).exists()
    assert ".btn { color: red; }" in (static / "build" / after["css"]).read_text()


def test_a_changed_module_moves_all_modules_together(static: Path) -> None:
    before = assets.build_assets(static)
    (static / "js/modules/words.js").write_text("export function start() {}\n")
    after = assets.build_assets(static)
    assert after["js"] != before["js"]
    built = {
        path.relative_to(static / "build" / after["js"])
        for path in (static / "build" / after["js"]).rglob("*.js")
    }
    assert built == {path.relative_to(static / "js") for path in (static / "js").rglob("*.js")}


@pytest.mark.parametrize("lost", ["css", "font", "js"])
def test_what_was_lost_is_built_again(static: Path, lost: str) -> None:
    manifest = assets.build_assets(static)
    target = static / "build" / manifest[lost]  # type: ignore[literal-required]
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    assert assets.build_assets(static) == manifest
    assert target.exists()


def test_a_broken_manifest_is_replaced(static: Path) -> None:
    manifest = assets.build_assets(static)
    (static / "build/manifest.json").write_text("{")
    assert assets.build_assets(static) == manifest


def test_rooms_of_the_stylesheet_stand_in_their_order(built: Path) -> None:
    css = (built / "build" / assets.build_assets(built)["css"]).read_text()
    marks = ["@font-face", "--iv-paper:", "box-sizing: border-box", ".iv-badge {", ".iv-hero {", "@page"]
    assert [css.index(mark) for mark in marks] == sorted(css.index(mark) for mark in marks)
    assert "/*" not in css


def test_the_stylesheet_names_the_font_beside_it(built: Path) -> None:
    manifest = assets.build_assets(built)
    css = (built / "build" / manifest["css"]).read_text()
    assert re.findall(r'url\("(inter[^"]+)"\)', css) == [manifest["font"]]
    assert (built / "build" / manifest["font"]).read_bytes()[:4] == b"wOF2"


def test_packed_forms_hold_the_same_text(built: Path) -> None:
    path = built / "build" / assets.build_assets(built)["css"]
    assert gzip.decompress(path.with_name(path.name + ".gz").read_bytes()) == path.read_bytes()
    assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == path.read_bytes()


def test_everything_a_page_may_load_weighs_less_than_150_kb(built: Path) -> None:
    manifest = assets.build_assets(built)
    build = built / "build"
    packed = [
        build / (manifest["css"] + ".br"),
        build / manifest["font"],
        *(build / manifest["js"]).rglob("*.br"),
    ]
    assert sum(path.stat().st_size for path in packed) < 150_000


def test_the_font_knows_our_letters(built: Path) -> None:
    from fontTools.ttLib import TTFont

    with TTFont(built / "build" / assets.build_assets(built)["font"]) as font:
        known = set(font.getBestCmap())
        axes = {axis.axisTag for axis in font["fvar"].axes}
    assert {ord(letter) for letter in "AZaz09éñøłščğ–—“”‘’…·×−≤≥→←✓Rp€°½"} - known == set()
    assert axes == {"opsz", "wght"}


@pytest.fixture
def app(built: Path) -> Flask:
    app = Flask("site", static_folder=str(built))
    assets.init_assets(app)
    return app


def url(app: Flask, name: str) -> str:
    with app.test_request_context():
        return app.jinja_env.globals["asset_url"](name)  # type: ignore[operator]


@pytest.mark.parametrize(
    "name", ["app.css", "inter.woff2", "js/app.js", "js/modules/words.js", "img/mark.svg"]
)
def test_every_name_leads_to_a_file_kept_for_a_year(app: Flask, name: str) -> None:
    with app.test_client().get(url(app, name)) as response:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_files_without_a_name_of_their_own_are_not_kept(app: Flask) -> None:
    for path in ("/static/img/mark.svg", "/static/css/base/reset.css", "/static/build/manifest.json"):
        with app.test_client().get(path) as response:
            assert response.status_code == 200
            assert "immutable" not in response.headers["Cache-Control"]


def test_an_unknown_name_is_a_mistake(app: Flask) -> None:
    with pytest.raises(FileNotFoundError):
        url(app, "img/none.svg")


def test_while_developing_a_change_shows_at_once(static: Path) -> None:
    app = Flask("site", static_folder=str(static))
    app.debug = True
    assets.init_assets(app)
    before = url(app, "app.css"), url(app, "img/mark.svg")
    (static / "css/base/type.css").write_text("h1 { margin: 0; }")
    (static / "img/mark.svg").write_text("<svg/>")
    after = url(app, "app.css"), url(app, "img/mark.svg")
    assert before[0] != after[0]
    assert before[1] != after[1]
