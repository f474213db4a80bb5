"""Help and privacy pages, the footer that leads to them, and the picture of a shared link."""

import struct

import pytest

from tests.factories.build import make_event


@pytest.mark.parametrize(
    ("path", "says", "english"),
    [
        ("/bantuan", "Surel konfirmasi tidak datang", "The confirmation mail does not arrive"),
        ("/data-pribadi", "Nomor 27 Tahun 2022", "Law 27 of 2022"),
    ],
)
def test_they_are_public_cacheable_and_speak_both_languages(app, client, path, says, english) -> None:
    page = client.get(path)
    assert says in page.text
    assert page.headers["Cache-Control"] == "public, no-cache"
    assert client.get(path, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304
    client.set_cookie("lang", "en")
    assert english in client.get(path).text


def test_they_name_the_contact_the_operator_set_and_the_days_that_hold(app, client) -> None:
    assert "mailto:" not in client.get("/data-pribadi").text
    app.config.update(CONTACT="inovasi@kota.example", SESSION_DAYS=9)
    page = client.get("/data-pribadi").text
    assert 'href="mailto:inovasi@kota.example"' in page
    assert "paling lama 9 hari" in page
    app.config.update(CONTACT="", SESSION_DAYS=14)


def test_every_public_page_leads_there_and_shows_our_picture(app, client) -> None:
    event = make_event()
    for path in ("/", "/kompetisi", f"/k/{event.slug}", "/bantuan"):
        page = client.get(path).text
        assert 'href="/bantuan"' in page
        assert 'href="/data-pribadi"' in page
        assert page.count('property="og:image"') == 1
        assert 'content="http://localhost/static/img/share.png"' in page
    with client.get("/static/img/share.png") as picture:
        assert picture.mimetype == "image/png"
        assert struct.unpack(">II", picture.data[16:24]) == (1200, 630)
        assert len(picture.data) < 150_000
