"""The sign-ins a visitor can try: the one list for the loader, `flask demo sign-ins` and `flask serve`."""

from __future__ import annotations

from dataclasses import dataclass

DOMAIN = "innovate.example"
PASSWORD = "Khatulistiwa-2026"  # noqa: S105 - public on purpose; production refuses demo accounts


@dataclass(frozen=True)
class SignIn:
    """One account to try: `key` names the person in people.yaml, `part` what the person is on the site."""

    name: str
    key: str
    part: str

    @property
    def email(self) -> str:
        """The address to sign in with; its domain is reserved, so that no mail ever reaches anybody."""
        return f"{self.name}@{DOMAIN}"


CAST = (
    SignIn("admin", "bayu-pamungkas", "site administrator"),
    SignIn("panitia", "uray-heriansyah", "organizer of every competition"),
    SignIn("sekretariat", "maria-klarentina", "secretariat: screens what was submitted"),
    SignIn(
        "koordinator", "siti-marhamah", "coordinator of the health office: endorses what its units propose"
    ),
    SignIn("ketua.juri", "anastasia-merry", "chair of the jury"),
    SignIn("juri", "hendrikus-laban", "juror with entries left to score"),
    SignIn("mentor", "ratu-ayu", "mentor"),
    SignIn("auditor", "zulfadli-arif", "auditor: reads everything, writes nothing"),
    SignIn("ketua.tim", "oktavia-damayanti", "captain of a team with a draft that lacks something"),
    SignIn("anggota", "ahmad-zaki", "member of a team, invited into another"),
    SignIn("mahasiswa", "vincentius-alvin", "student without a team"),
)
BY_KEY = {sign_in.key: sign_in for sign_in in CAST}


def list_sign_ins() -> list[str]:
    """Lines to print: the password, then every address with its part."""
    width = max(len(sign_in.email) for sign_in in CAST)
    return [
        f"  Demo sign-ins (password {PASSWORD}):",
        *(f"    {sign_in.email:<{width}}  {sign_in.part}" for sign_in in CAST),
    ]
