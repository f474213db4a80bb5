"""What the codes of a public vote are called."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.voting.domain.questions import QuestionKind
from innovate.voting.domain.stages import Pool, Stage

STAGES = {
    Stage.DRAFT: (_l("Draf"), "draft"),
    Stage.WAITING: (_l("Belum dimulai"), "due"),
    Stage.RUNNING: (_l("Berlangsung"), "open"),
    Stage.CLOSED: (_l("Ditutup, belum dihitung"), "judging"),
    Stage.COUNTED: (_l("Dihitung"), "final"),
}
POOLS = {
    Pool.ALL: _l("Semua karya yang timnya setuju ditampilkan"),
    Pool.FINALISTS: _l("Finalis yang timnya setuju ditampilkan"),
    Pool.CHOSEN: _l("Karya yang saya pilih di bawah"),
}
QUESTIONS = {
    QuestionKind.NETWORK: _l("Banyak suara dari satu jaringan dalam beberapa menit"),
    QuestionKind.DOMAIN: _l("Sebagian besar suara dari satu domain surel"),
    QuestionKind.SERIES: _l("Alamat yang hanya berbeda angka"),
    QuestionKind.BURST: _l("Suara untuk satu karya berdatangan serentak"),
}
ADVICE = {
    QuestionKind.NETWORK: _l(
        "Satu kantor atau satu sekolah sering memakai satu jaringan. Apakah saat itu ada acara bersama di sana?"
    ),
    QuestionKind.DOMAIN: _l(
        "Dinas besar memang punya banyak pegawai. Apakah semua alamatnya milik orang yang berbeda?"
    ),
    QuestionKind.SERIES: _l(
        "Nama yang sama dengan tahun lahir berbeda itu wajar. Apakah angkanya berurutan seperti dibuat sekaligus?"
    ),
    QuestionKind.BURST: _l(
        "Ajakan di grup percakapan dapat menjelaskannya. Adakah ajakan pada jam itu, dan siapa yang menjawabnya?"
    ),
}
