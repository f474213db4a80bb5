"""Forms of teams."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField

from innovate.accounts.models import Unit, User
from innovate.core.web.forms import Form, email, length, must_choose, required
from innovate.events.models import Event
from innovate.events.services.names import known


class TeamForm(Form):
    """Name, kind and unit of a team. Choices are set with `offer`."""

    name = StringField(_l("Nama tim"), [required(), length(120, 2)])
    group = SelectField(_l("Kelompok"), coerce=str, validate_choice=True)
    unit = SelectField(_l("Unit kerja tim"), coerce=str)
    organization = StringField(
        _l("Organisasi"),
        [length(160)],
        description=_l(
            "Isi bila tim berasal dari luar pemerintah kota, misalnya universitas atau perusahaan."
        ),
    )
    description = TextAreaField(_l("Tentang tim"), [length(2000)])
    is_listed = BooleanField(
        _l("Tampilkan di daftar tim agar orang lain dapat meminta bergabung"), default=True
    )

    def offer(self, event: Event, units: Sequence[Unit]) -> TeamForm:
        """Fill the choices from the event and the tree of units."""
        self.group.label.text = known(event.group_label)
        self.group.choices = [("", _("Pilih")), *((str(g.id), g.name) for g in event.groups)]
        self.unit.choices = [("", _("Di luar pemerintah kota")), *((str(u.id), u.name) for u in units)]
        if event.groups:
            self.group.validators = [must_choose()]
        else:
            del self.group
        return self

    def values(self) -> dict[str, object]:
        """What services take; empty choices are None."""
        return {
            "name": self.name.data,
            "description": self.description.data or "",
            "organization": self.organization.data or "",
            "group_id": int(self.group.data) if "group" in self and self.group.data else None,
            "unit_id": int(self.unit.data) if self.unit.data else None,
            "is_listed": self.is_listed.data,
        }


class InviteForm(Form):
    """One address."""

    email = StringField(_l("Alamat surel"), [required(), email(), length(254)])


class OpenRoleForm(Form):
    """What the team looks for."""

    title = StringField(_l("Peran yang dicari"), [required(), length(80)])
    skills = StringField(_l("Keahlian"), [length(200)], description=_l("Pisahkan dengan koma."))

    def skill_list(self) -> list[str]:
        """The skills as typed, trimmed, without doubles."""
        words = [word.strip() for word in (self.skills.data or "").split(",")]
        return list(dict.fromkeys(word for word in words if word))[:8]


class JoinRequestForm(Form):
    """A word to the captain."""

    message = TextAreaField(_l("Pesan untuk ketua tim"), [length(1000)])


class PartForm(Form):
    """What I do in the team."""

    part = StringField(_l("Peran saya di tim"), [length(80)])


class MentorForm(Form):
    """Which of the event's mentors accompanies the team."""

    mentor = SelectField(_l("Mentor"), [must_choose()])

    def offer(self, mentors: Sequence[User]) -> MentorForm:
        """The mentors to choose from."""
        self.mentor.choices = [(mentor.public_id, mentor.full_name) for mentor in mentors]
        return self


class UnlockForm(Form):
    """Why members may change after submission."""

    reason = StringField(_l("Alasan"), [required(), length(300)])
