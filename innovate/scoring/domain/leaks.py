"""Names that give away whose a blind entry is: the unit's and the members', found in its text and file names."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

AROUND = 60  # characters shown on either side of a find

# Names that are everyday words: alone they give nobody away. A full name is found all the same.
COMMON_WORDS = frozenset(
    [
        "abdi",
        "abdul",
        "adil",
        "agung",
        "ahli",
        "aman",
        "amal",
        "anak",
        "anggrek",
        "anugerah",
        "arif",
        "asri",
        "awal",
        "bagus",
        "bahagia",
        "bakti",
        "baru",
        "bijak",
        "bina",
        "bintang",
        "bintara",
        "budaya",
        "budi",
        "bumi",
        "bunga",
        "cahaya",
        "cantik",
        "cerah",
        "ceria",
        "cinta",
        "citra",
        "damai",
        "dara",
        "data",
        "desa",
        "desi",
        "dewa",
        "dewi",
        "dian",
        "duta",
        "eka",
        "elok",
        "emas",
        "fajar",
        "gita",
        "guru",
        "hari",
        "harapan",
        "harum",
        "hasil",
        "hati",
        "hidayat",
        "hijau",
        "hikmah",
        "hutan",
        "ilham",
        "indah",
        "insan",
        "intan",
        "iman",
        "jasa",
        "jati",
        "jaya",
        "juang",
        "jujur",
        "juli",
        "karya",
        "kartika",
        "kasih",
        "kencana",
        "kota",
        "kuat",
        "kurnia",
        "langit",
        "laut",
        "lestari",
        "lima",
        "maju",
        "makmur",
        "mandiri",
        "mawar",
        "mega",
        "mekar",
        "melati",
        "merah",
        "merdeka",
        "minggu",
        "mitra",
        "muda",
        "muhammad",
        "mukti",
        "mulia",
        "mulya",
        "murni",
        "mutiara",
        "nilam",
        "nusa",
        "nusantara",
        "nur",
        "pandu",
        "pangan",
        "pasar",
        "pekan",
        "permai",
        "permata",
        "pertama",
        "pertiwi",
        "pintar",
        "prima",
        "pusaka",
        "putih",
        "putra",
        "putri",
        "rahmat",
        "rahayu",
        "raja",
        "ratna",
        "ratu",
        "rejeki",
        "rezeki",
        "ria",
        "rini",
        "riski",
        "rizki",
        "sakti",
        "sari",
        "satria",
        "satu",
        "sejahtera",
        "sekar",
        "selasa",
        "senin",
        "sentosa",
        "setia",
        "setiawan",
        "siti",
        "subur",
        "suci",
        "sukma",
        "sungai",
        "surya",
        "tani",
        "taufik",
        "teguh",
        "tiga",
        "tirta",
        "tri",
        "utama",
        "utami",
        "utara",
        "wahyu",
        "waktu",
        "wangi",
        "warga",
        "wira",
        "wisata",
        "wulan",
        "yang",
    ]
)
_TITLES = frozenset(
    [
        "a",
        "amd",
        "ak",
        "apt",
        "bidan",
        "cand",
        "cht",
        "dipl",
        "dr",
        "dra",
        "drg",
        "drh",
        "drs",
        "et",
        "gr",
        "h",
        "hj",
        "haji",
        "hajah",
        "ir",
        "kh",
        "kom",
        "kp",
        "kes",
        "keb",
        "lc",
        "m",
        "ma",
        "mag",
        "mars",
        "mba",
        "meng",
        "mh",
        "mkes",
        "mkm",
        "mkom",
        "mm",
        "mpd",
        "mph",
        "ms",
        "msc",
        "msi",
        "mt",
        "ners",
        "ns",
        "pd",
        "ph",
        "phd",
        "prof",
        "psi",
        "raden",
        "rer",
        "s",
        "sag",
        "sap",
        "sgz",
        "sh",
        "si",
        "sip",
        "sik",
        "sk",
        "skep",
        "skm",
        "skom",
        "sos",
        "sp",
        "spd",
        "sps",
        "ssi",
        "ssos",
        "sst",
        "ssos",
        "st",
        "sstp",
        "stp",
        "t",
        "tp",
        "tr",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORTEST_PART = 4
_SHORTEST_LABEL = 3


class LeakKind(enum.StrEnum):
    """What a name belongs to."""

    UNIT = "unit"
    MEMBER = "member"
    TEAM = "team"


class Name(NamedTuple):
    """A name that must not be recognised: of a unit (in full or short), a member, or the team."""

    kind: LeakKind
    text: str


@dataclass(frozen=True)
class Leak:
    """One find: whose name, in which part (`title`, a field's label, a file's name), and the passage around it."""

    name: Name
    part: str
    before: str
    found: str
    after: str


def fold(text: str) -> str:
    """Letters without case and accents, one for one, so that places stay the same."""
    folded = []
    for letter in text:
        plain = unicodedata.normalize("NFKD", letter)[:1].casefold()
        folded.append(plain if len(plain) == 1 else letter)
    return "".join(folded)


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The words of a text, folded, with where they begin and end. Dots, hyphens and underscores part words."""
    return [(match.group(), *match.span()) for match in _WORD.finditer(fold(text))]


def patterns_of(name: Name) -> list[tuple[str, ...]]:
    """The runs of words that give this name away, the longest first: the whole, then telling parts of a person's."""
    words = [word for word, _start, _end in words_of(name.text)]
    if name.kind is not LeakKind.MEMBER:
        telling = len(words) > 1 or any(_is_telling(word, _SHORTEST_LABEL) for word in words)
        return [tuple(words)] if telling else []
    while words and words[0] in _TITLES:
        words = words[1:]
    while words and words[-1] in _TITLES:
        words = words[:-1]
    runs = [tuple(words)] if len(words) > 1 or any(_is_telling(word) for word in words) else []
    return runs + [(word,) for word in words if len(words) > 1 and _is_telling(word)]


def _is_telling(word: str, shortest: int = _SHORTEST_PART) -> bool:
    return len(word) >= shortest and not word.isdecimal() and word not in COMMON_WORDS


def find_leaks(parts: Mapping[str, str], names: Iterable[Name]) -> list[Leak]:
    """Every name found in the parts (label to text), in reading order; a passage is named once, by its longest find."""
    runs = sorted({(run, name) for name in names for run in patterns_of(name)}, key=lambda r: (-len(r[0]), r))
    return [leak for part, text in parts.items() for leak in _in_text(part, text, runs)]


def _in_text(part: str, text: str, runs: list[tuple[tuple[str, ...], Name]]) -> Iterator[Leak]:
    words = words_of(text)
    by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
    for run, name in runs:
        by_first.setdefault(run[0], []).append((run, name))
    at = 0
    while at < len(words):
        length = 1
        for run, name in by_first.get(words[at][0], ()):
            if tuple(word for word, _s, _e in words[at : at + len(run)]) == run:
                start, end = words[at][1], words[at + len(run) - 1][2]
                if not _is_meant(name, text[start:end]):
                    continue
                yield _leak(part, text, name, start, end)
                length = len(run)
                break
        at += length


def _is_meant(name: Name, found: str) -> bool:
    """Teams are named after everyday things: one is meant where it has a capital, or stands in an address or a file."""
    return name.kind is not LeakKind.TEAM or found != found.lower() or " " not in found


def _leak(part: str, text: str, name: Name, start: int, end: int) -> Leak:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Leak(name, part, before.replace("\n", " "), text[start:end], after.replace("\n", " "))
