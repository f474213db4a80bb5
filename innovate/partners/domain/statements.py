"""The texts an event begins with. Official wording, Indonesian for every reader; the organizer edits them."""

from __future__ import annotations

from innovate.partners.domain.kinds import StatementKind

TITLES = {
    StatementKind.PROPERTY: "Pernyataan kekayaan intelektual",
    StatementKind.DATA_USE: "Pernyataan penggunaan data",
}
TEXTS = {
    StatementKind.PROPERTY: """Dengan ini saya menyatakan bahwa:

1. karya yang diajukan tim kami merupakan hasil pekerjaan kami sendiri, dan bagian yang berasal dari pihak \
lain kami sebutkan sumbernya serta kami gunakan sesuai dengan izinnya;
2. kekayaan intelektual atas karya tetap berada pada para penciptanya, kecuali diperjanjikan lain secara \
tertulis;
3. kami memberi penyelenggara hak tanpa imbalan dan tidak eksklusif untuk menilai, mendokumentasikan, dan \
mengumumkan ringkasan karya dalam rangka kompetisi ini;
4. penerapan karya oleh Pemerintah Kota atau oleh mitra diatur dengan perjanjian tersendiri; dan
5. kami bertanggung jawab apabila di kemudian hari terdapat pihak yang haknya dilanggar oleh karya ini.""",
    StatementKind.DATA_USE: """Dengan ini saya menyatakan bahwa:

1. data yang diberikan penyelenggara atau mitra hanya saya gunakan untuk menyusun karya dalam kompetisi ini;
2. data tersebut tidak saya bagikan kepada pihak di luar tim dan saya jaga kerahasiaannya;
3. data pribadi saya olah sesuai dengan Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi, \
dan tidak saya gunakan untuk mengenali orang dari data yang telah disamarkan;
4. setelah kompetisi berakhir, data yang diterima saya hapus kecuali pemiliknya memberi izin tertulis; dan
5. saya segera memberi tahu penyelenggara apabila terjadi kebocoran atau penyalahgunaan data.""",
}
