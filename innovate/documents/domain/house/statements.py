"""What people declare and sign: pacts of integrity, originality, and the approval of a head of unit.

The clauses of the jurors' pact are not here: they are the very text that jurors sign (`scoring`).
"""

from __future__ import annotations

PACT_JUROR = {
    "title": "Pakta Integritas",
    "about": "Dewan Juri {{ nama_kegiatan }}",
    "closing": "Demikian pakta integritas ini dibuat dengan sebenarnya dan penuh tanggung jawab.",
}
PACT_PARTICIPANT = {
    "title": "Pakta Integritas",
    "about": "Peserta {{ nama_kegiatan }}",
    "opening": "Dalam rangka mengikuti {{ nama_kegiatan }}, dengan ini saya menyatakan bahwa saya:",
    "clauses": (
        "tidak melakukan korupsi, kolusi, dan nepotisme dalam bentuk apa pun;\n"
        "mematuhi seluruh ketentuan dan jadwal {{ nama_kegiatan }};\n"
        "menyampaikan data, dokumen, dan bukti dukung yang benar dan dapat dipertanggungjawabkan;\n"
        "tidak memengaruhi juri atau panitia, dan tidak memberi hadiah, janji, atau imbalan kepada siapa pun yang "
        "berkaitan dengan penilaian;\n"
        "menerima keputusan dewan juri dan menyampaikan keberatan hanya melalui masa sanggah; dan\n"
        "bersedia didiskualifikasi, dicabut penghargaannya, dan menerima sanksi menurut peraturan perundang-undangan "
        "apabila melanggar pakta ini."
    ),
    "closing": "Demikian pakta integritas ini dibuat dengan sebenarnya dan penuh tanggung jawab.",
}
PACT_COMMITTEE = {
    "title": "Pakta Integritas",
    "about": "Panitia {{ nama_kegiatan }}",
    "opening": "Dalam rangka menyelenggarakan {{ nama_kegiatan }}, dengan ini saya menyatakan bahwa saya:",
    "clauses": (
        "tidak melakukan dan tidak menerima korupsi, kolusi, dan nepotisme dalam bentuk apa pun selama bertugas;\n"
        "melayani semua peserta secara adil, terbuka, dan tanpa membeda-bedakan;\n"
        "menjaga kerahasiaan karya, nilai, dan pembahasan juri sampai hasil diumumkan secara resmi, serta melindungi "
        "data pribadi peserta dan juri;\n"
        "tidak memengaruhi penilaian dan tidak mengubah nilai di luar tata cara yang ditetapkan;\n"
        "tidak meminta dan tidak menerima hadiah, janji, atau imbalan dari pihak mana pun yang berkaitan dengan "
        "kompetisi, dan menyatakan setiap benturan kepentingan; dan\n"
        "bersedia diberhentikan dari kepanitiaan dan menerima sanksi menurut peraturan perundang-undangan apabila "
        "melanggar pakta ini."
    ),
    "closing": "Demikian pakta integritas ini dibuat dengan sebenarnya dan penuh tanggung jawab.",
}
ORIGINALITY = {
    "title": "Surat Pernyataan Orisinalitas",
    "about": "{{ nama_kegiatan }}",
    "opening": (
        "Dengan ini menyatakan dengan sebenarnya, atas nama {{ nama_tim }}, bahwa karya berjudul {{ judul }} yang "
        "diikutsertakan dalam {{ nama_kegiatan }}:"
    ),
    "clauses": (
        "merupakan gagasan dan hasil kerja asli tim kami, bukan jiplakan sebagian atau seluruhnya dari karya pihak "
        "lain;\n"
        "tidak sedang diikutsertakan dalam kompetisi lain dan belum pernah memperoleh penghargaan utama pada "
        "kompetisi sejenis;\n"
        "tidak melanggar hak cipta, paten, merek, atau hak kekayaan intelektual pihak lain;\n"
        "disusun dengan data yang diperoleh dan dipakai secara sah, termasuk data pribadi; dan\n"
        "apabila di kemudian hari terbukti tidak sesuai dengan pernyataan ini, kami bersedia didiskualifikasi dan "
        "dicabut penghargaannya, serta menanggung akibat hukumnya."
    ),
    "closing": "Demikian surat pernyataan ini dibuat dengan sebenarnya tanpa paksaan dari pihak mana pun.",
}
ENDORSEMENT = {
    "title": "Surat Rekomendasi",
    "about": "Kepala Perangkat Daerah untuk {{ nama_kegiatan }}",
    "opening": (
        "Dengan ini memberikan rekomendasi kepada {{ nama_tim }} untuk mengikutsertakan karya berjudul {{ judul }} "
        "dalam {{ nama_kegiatan }}, serta menerangkan bahwa:"
    ),
    "clauses": (
        "karya tersebut benar merupakan inovasi {{ unit_kerja }};\n"
        "data dan bukti dukung yang disampaikan adalah benar;\n"
        "anggota tim ditugaskan mengikuti seluruh tahapan kompetisi; dan\n"
        "kami mendukung penerapan dan keberlanjutan inovasi tersebut."
    ),
    "closing": "Demikian surat rekomendasi ini dibuat untuk dipergunakan sebagaimana mestinya.",
}
