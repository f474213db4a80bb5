"""The style guide: every component renders, nowhere but in development."""

from __future__ import annotations

from config import ProductionConfig


def test_every_component_renders(client) -> None:
    page = client.get("/dev/look")
    assert page.status_code == 200
    for words in (
        "31 dari 47 karya cukup dinilai",
        "Cakupan nilai tiap karya",
        "Sisa waktu",
        "Halaman 2 dari 9",
    ):
        assert words in page.text


def test_its_form_shows_how_a_refusal_looks(client) -> None:
    page = client.post("/dev/look", data={"mail": "bukan surel", "name": "PARIT KITA"})
    assert page.status_code == 422
    assert "Alamat surel ini tidak lengkap" in page.text
    assert 'value="PARIT KITA"' in page.text


def test_production_has_no_such_page(app, client, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "ENV_NAME", ProductionConfig.ENV_NAME)
    assert client.get("/dev/look").status_code == 404
