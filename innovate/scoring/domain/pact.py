"""What jurors sign before they read: the house's text, until the organizer writes another."""

from __future__ import annotations

from typing import NamedTuple

FIRST_VERSION = 1

BODY = """\
Saya, yang menandatangani pakta ini sebagai juri, menyatakan dengan sebenarnya bahwa saya:

1. tidak melakukan dan tidak menerima korupsi, kolusi, dan nepotisme dalam bentuk apa pun selama bertugas;
2. menilai setiap karya secara objektif dan mandiri, menurut rubrik yang ditetapkan dan bukan menurut pengusulnya;
3. menjaga kerahasiaan isi karya, nilai, catatan, dan pembahasan juri sampai hasil diumumkan secara resmi, dan tidak \
memakai gagasan peserta untuk kepentingan sendiri atau pihak lain;
4. menyatakan setiap benturan kepentingan sebelum membaca, yaitu bila saya atau keluarga saya berada di dalam tim, \
bekerja atau pernah bekerja di unit pengusul, membimbing, membiayai, atau berusaha dengan tim itu, dan segera \
mengundurkan diri dari penilaian bila benturan baru saya ketahui kemudian;
5. tidak meminta dan tidak menerima hadiah, janji, atau imbalan dari peserta atau pihak mana pun yang berkaitan dengan \
penilaian, dan melaporkannya kepada penyelenggara bila ditawari;
6. bersedia diberhentikan sebagai juri dan menerima sanksi menurut peraturan perundang-undangan bila \
melanggar pakta ini.
"""

BODY_EN = """\
I, who sign this pact as a juror, truthfully declare that I:

1. neither commit nor accept corruption, collusion or nepotism in any form while I serve;
2. judge every entry objectively and independently, by the rubric in force and not by who submitted it;
3. keep the entries, scores, remarks and deliberations confidential until the results are announced, and use \
no participant's idea for myself or for others;
4. declare every conflict of interest before reading, that is where I or my family belong to the team, where I work \
or have worked in the unit that submitted it, or where I mentor, fund or do business with the team, and step back from \
judging at once when I learn of a conflict later;
5. neither ask for nor accept gifts, promises or rewards from participants or anybody else in connection with the \
judging, and report any offer to the organizer;
6. accept to be dismissed as a juror and to bear the sanctions provided by law should I break this pact.
"""


class Wording(NamedTuple):
    """A text to be signed: its version within the event, and its words in both languages."""

    version: int
    body: str
    body_en: str

    def body_in(self, language: str) -> str:
        """The words in a language; Indonesian is the text that binds."""
        return self.body_en if language == "en" and self.body_en.strip() else self.body


HOUSE = Wording(FIRST_VERSION, BODY, BODY_EN)
