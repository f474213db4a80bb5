"""The page cache: what it keeps, for whom, for how long, and that it never mixes people up."""

import gzip
import threading

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request

from innovate.core.web import page_cache
from innovate.core.web.page_cache import PageCache

MARKED = ("X-Page-Cache", "1")
TAG = ("ETag", 'W/"abc"')


class Site:
    """A WSGI application that tells what it was asked and counts."""

    def __init__(self) -> None:
        self.count = 0
        self.headers = [("Content-Type", "text/html"), TAG, MARKED, ("Vary", "Cookie")]
        self.status = "200 OK"
        self.body = ""
        self.closed = 0

    def __call__(self, environ, start_response):
        self.count += 1
        start_response(self.status, [*self.headers, ("X-Request-ID", str(self.count)), ("Set-Number", "1")])
        text = self.body or f"{self.count} {environ['PATH_INFO']} {environ.get('HTTP_COOKIE', '')}"
        return Chunks(self, [text.encode()])


class Chunks(list):
    def __init__(self, site: Site, parts: list[bytes]) -> None:
        super().__init__(parts)
        self.site = site

    def close(self) -> None:
        self.site.closed += 1


class Watch:
    """The cache's own clock."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr(page_cache, "time", watch)
    return watch


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def cache(site, watch) -> PageCache:
    return PageCache(site, seconds=1.0, session_cookie="innovate")


def ask(cache, path="/", **options):
    return Client(cache, use_cookies=False).open(path, **options)


def cookie(value: str) -> dict:
    return {"headers": {"Cookie": value}}


def test_the_second_visitor_gets_the_kept_page(cache, site) -> None:
    first, second = ask(cache), ask(cache)
    assert first.data == second.data == b"1 / "
    assert site.count == 1
    assert second.headers["ETag"] == 'W/"abc"'
    assert second.headers["Vary"] == "Cookie"
    assert int(second.headers["Content-Length"]) == len(second.data)
    assert "X-Page-Cache" not in first.headers
    assert "X-Page-Cache" not in second.headers


def test_a_number_of_one_request_is_not_told_again(cache) -> None:
    assert ask(cache).headers["X-Request-ID"] == "1"
    assert "X-Request-ID" not in ask(cache).headers


def test_a_page_lives_as_long_as_it_was_told_and_no_longer(cache, site, watch) -> None:
    ask(cache)
    watch.now += 0.999
    assert ask(cache).data == b"1 / "
    watch.now += 0.001
    assert ask(cache).data == b"2 / "
    assert site.count == 2


def test_zero_seconds_keep_nothing(site, watch) -> None:
    cache = PageCache(site, seconds=0, session_cookie="innovate")
    assert [ask(cache).data, ask(cache).data] == [b"1 / ", b"2 / "]


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/b"},
        {"path": "/?halaman=2"},
        {"base_url": "http://lain.example/"},
        {"base_url": "https://localhost/"},
        cookie("lang=en"),
        cookie("theme=dark"),
        cookie("theme=dark; lang=en"),
        cookie("x=1; lang=en"),
        cookie('a{b=1; "=;lang=en'),
        cookie("lang=en; lang=id"),
    ],
)
def test_what_makes_a_page_different_keeps_it_apart(cache, site, other) -> None:
    ask(cache)
    first = ask(cache, **{"path": "/", **other})
    assert site.count == 2
    assert ask(cache, **{"path": "/", **other}).data == first.data
    assert ask(cache).data == b"1 / "
    assert site.count == 2


@pytest.mark.parametrize(
    "header", ["x=a b; lang=en", 'x="; lang=en', "x; lang=en", "=; lang=en", "\xe9=1; lang=en"]
)
def test_odd_cookies_are_read_as_flask_reads_them(cache, header) -> None:
    """Else a page in English would be kept as the Indonesian one."""
    ask(cache, **cookie(header))
    seen = Request.from_values(**cookie(header)).cookies.get("lang")
    expected = b"1" if seen is None else b"2"
    assert ask(cache).data[:1] == expected


@pytest.mark.parametrize(
    "header", ["innovate=abc", "lang=id; innovate=abc", "innovate=", "innovate =abc", " innovate=abc;lang=en"]
)
def test_a_session_neither_reads_nor_fills(cache, site, header) -> None:
    ask(cache, **cookie(header))
    assert ask(cache).data.startswith(b"2")
    assert ask(cache, **cookie(header)).data.startswith(b"3")
    assert ask(cache).data.startswith(b"2")


def test_another_cookie_with_a_similar_name_is_no_session(cache, site) -> None:
    ask(cache)
    ask(cache, **cookie("notinnovate=1"))
    assert site.count == 1


@pytest.mark.parametrize("method", ["POST", "HEAD", "PUT", "OPTIONS"])
def test_only_get_is_kept_and_answered(cache, site, method) -> None:
    ask(cache, method=method)
    ask(cache)
    ask(cache, method=method)
    assert site.count == 3


@pytest.mark.parametrize("change", ["unmarked", "cookie", "error", "large"])
def test_what_must_not_be_kept_is_not(cache, site, change, monkeypatch) -> None:
    if change == "unmarked":
        site.headers.remove(MARKED)
    elif change == "cookie":
        site.headers.append(("Set-Cookie", "innovate=1"))
    elif change == "error":
        site.status = "404 Not Found"
    else:
        site.body = "x" * (512 * 1024 + 1)
    first = ask(cache)
    ask(cache)
    assert site.count == 2
    assert "X-Page-Cache" not in first.headers
    assert first.status == site.status
    if change == "large":
        assert first.data.decode() == site.body


@pytest.mark.parametrize(
    "known", ['"abc"', 'W/"abc"', '"x", "abc"', 'W/"x",W/"abc"', "*"], ids=lambda each: each.replace('"', "'")
)
def test_a_known_page_is_not_sent_again(cache, site, known) -> None:
    ask(cache)
    for encoding in ("", "gzip"):
        answer = ask(cache, headers={"If-None-Match": known, "Accept-Encoding": encoding})
        assert answer.status_code == 304
        assert answer.data == b""
        assert answer.headers["ETag"] == 'W/"abc"'
        assert {"Content-Type", "Content-Length", "Content-Encoding"}.isdisjoint(answer.headers.keys())
    assert site.count == 1


@pytest.mark.parametrize(
    "known", ['"abcd"', '"ab"', "abc-x", '""', 'W/"ABC"'], ids=lambda each: each.replace('"', "'")
)
def test_an_unknown_tag_gets_the_page(cache, known) -> None:
    ask(cache)
    assert ask(cache, headers={"If-None-Match": known}).status_code == 200


def test_a_page_without_tag_is_always_sent(cache, site) -> None:
    site.headers.remove(TAG)
    ask(cache)
    assert ask(cache, headers={"If-None-Match": '"abc"'}).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5", True),
        ("br, gzip", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("xgzipx", False),
    ],
)
def test_packed_only_for_those_who_unpack(cache, accepted, packed) -> None:
    plain = ask(cache).data
    answer = ask(cache, headers={"Accept-Encoding": accepted})
    assert (answer.headers.get("Content-Encoding") == "gzip") is packed
    assert (gzip.decompress(answer.data) if packed else answer.data) == plain
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_the_tag_is_weak_so_that_both_forms_may_bear_it(cache) -> None:
    tags = {ask(cache, headers={"Accept-Encoding": each}).headers["ETag"] for each in ("", "gzip")}
    assert tags == {'W/"abc"'}


def test_the_number_of_pages_is_bounded(cache, site, monkeypatch) -> None:
    monkeypatch.setattr(page_cache, "_MAX_ENTRIES", 3)
    for n in range(5):
        ask(cache, f"/{n}")
    assert len(cache._entries) == 3
    ask(cache, "/4")
    assert site.count == 5
    ask(cache, "/0")  # the oldest went first
    assert site.count == 6


def test_the_memory_is_bounded(cache, site, monkeypatch) -> None:
    monkeypatch.setattr(page_cache, "_MAX_TOTAL", 10_000)
    site.body = "x" * 3000
    for n in range(20):
        ask(cache, f"/{n % 7}")
    held = sum(len(each.body) + len(each.zipped) for each in cache._entries.values())
    assert 0 < held <= 10_000
    assert cache._size == held


def test_a_page_kept_again_is_counted_once(cache, site, watch) -> None:
    for _ in range(5):
        ask(cache)
        watch.now += 2
    entry = next(iter(cache._entries.values()))
    assert cache._size == len(entry.body) + len(entry.zipped)


def test_the_answer_is_closed_whether_kept_or_not(cache, site) -> None:
    ask(cache).close()
    site.headers.remove(MARKED)
    ask(cache, "/b").close()
    assert site.closed == 2


def test_a_failing_page_keeps_nothing(cache, site) -> None:
    class Broken(Chunks):
        def __iter__(self):
            yield b"half"
            raise OSError("gone")

    def broken(environ, start_response):
        start_response("200 OK", [MARKED])
        return Broken(site, [])

    failing = PageCache(broken, seconds=1, session_cookie="innovate")
    with pytest.raises(OSError, match="gone"):
        ask(failing)
    assert not failing._entries
    assert site.closed == 1


def test_many_threads_at_once_get_whole_pages_of_their_own(site, monkeypatch) -> None:
    monkeypatch.setattr(page_cache, "_MAX_ENTRIES", 5)
    cache = PageCache(site, seconds=0.001, session_cookie="innovate")
    wrong: list[str] = []

    def visit(number: int) -> None:
        for turn in range(150):
            path = f"/{(number + turn) % 9}"
            lang = ("id", "en")[turn % 2]
            _, asked, shown = ask(cache, path, **cookie(f"lang={lang}")).text.split(" ", 2)
            if (asked, shown) != (path, f"lang={lang}"):
                wrong.append(f"{path} {lang}: {asked} {shown}")

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    assert len(cache._entries) <= 5
    assert cache._size == sum(each.size for each in cache._entries.values())


def test_nothing_from_before_a_withdrawal_is_served_after_it(site, watch, tmp_path) -> None:
    told_by = tmp_path / "withdrawn"
    cache = PageCache(site, seconds=60, session_cookie="innovate", told_by=told_by)
    ask(cache)
    ask(cache)
    assert site.count == 1
    told_by.write_bytes(b".")
    ask(cache)
    ask(cache)
    assert site.count == 2


def test_a_page_made_while_something_was_withdrawn_is_not_kept(site, watch, tmp_path) -> None:
    told_by = tmp_path / "withdrawn"

    def slow(environ, start_response):
        told_by.write_bytes(b".")
        return site(environ, start_response)

    cache = PageCache(slow, seconds=60, session_cookie="innovate", told_by=told_by)
    ask(cache)
    ask(cache)
    assert site.count == 2
