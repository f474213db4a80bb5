"""QR codes as SVG, dark on white whatever the theme: what reads them wants it so."""

from __future__ import annotations

import io


def draw_qr(text: str) -> str:
    """A QR code with its quiet zone; error correction M."""
    import segno

    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=4, dark="#000", light="#fff")
    return drawn.getvalue().decode()
