"""What an event for measuring is made of: all drawn from one seed, without a database."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # of public ids
CHUNK = 500  # ideas written in one transaction
CRITERIA = (
    ("Kebaruan", 20),
    ("Efektivitas", 20),
    ("Manfaat", 20),
    ("Mudah disebarkan", 15),
    ("Keberlanjutan", 15),
    ("Kolaborasi", 10),
)
_DOING = (
    "Antar",
    "Catat",
    "Jaga",
    "Kabar",
    "Kelola",
    "Pantau",
    "Peta",
    "Pinjam",
    "Rawat",
    "Siaga",
    "Tanya",
    "Titip",
)
_THING = (
    "Air",
    "Arsip",
    "Berkas",
    "Bibit",
    "Jalan",
    "Lampu",
    "Obat",
    "Parit",
    "Pasar",
    "Sampah",
    "Surat",
    "Taman",
)
_WHERE = (
    "Kampung",
    "Kapuas",
    "Khatulistiwa",
    "Kite",
    "Kota",
    "Landak",
    "Sungai",
    "Tepian",
    "Tetangga",
    "Warga",
)
_REMARKS = (
    "Masalah dan hasilnya jelas; tambahkan angka sebelum dan sesudah.",
    "Rencana biaya perlu dirinci untuk dua tahun ke depan.",
    "Mudah ditiru unit lain bila panduannya dilengkapi.",
    "Bukti dukung sesuai dengan isi proposal.",
    "Jelaskan siapa yang melanjutkan bila penggagas pindah tugas.",
    "",
)


@dataclass(frozen=True)
class Size:
    """How large the event is and where its chance comes from; `scored` per cent of its ballots are handed in."""

    ideas: int
    jurors: int
    per_idea: int
    seed: int
    slug: str
    scored: int = 100

    @property
    def chunks(self) -> list[range]:
        """Numbers of ideas (from 1), chunk by chunk."""
        ends = range(1, self.ideas + 1, CHUNK)
        return [range(start, min(start + CHUNK, self.ideas + 1)) for start in ends]

    def draw(self, what: str) -> Random:
        """A source of chance of its own for each purpose, so that one does not shift another."""
        return Random(f"{self.slug}:{self.seed}:{what}")


def find_fault(size: Size) -> str:
    """Why there can be no such event; empty when there can."""
    if min(size.ideas, size.jurors, size.per_idea) < 1:
        return "ideas, jurors and ballots per idea must be at least 1"
    if size.per_idea > size.jurors:
        return "an idea cannot have more ballots than there are jurors"
    return "" if 0 <= size.scored <= 100 else "the share of ballots handed in is between 0 and 100"


def make_ids(draw: Random, count: int) -> list[str]:
    """Public ids out of the seed."""
    return ["".join(draw.choices(ALPHABET, k=12)) for _ in range(count)]


def make_title(draw: Random, number: int) -> str:
    """A title like people give; the number keeps it unique."""
    return f"{draw.choice(_DOING)} {draw.choice(_THING)} {draw.choice(_WHERE)} {number}"


def make_remark(draw: Random) -> str:
    """A short comment, sometimes none."""
    return draw.choice(_REMARKS)


def share_seats(draw: Random, jurors: int, per_idea: int) -> Iterator[list[int]]:
    """For each idea the positions of its jurors: all different, and all jurors equally often (within one)."""
    queue: deque[int] = deque()
    while True:
        chosen: list[int] = []
        skipped: list[int] = []
        while len(chosen) < per_idea:
            if not queue:
                queue.extend(draw.sample(range(jurors), jurors))
            juror = queue.popleft()
            (skipped if juror in chosen else chosen).append(juror)
        queue.extendleft(reversed(skipped))
        yield chosen
