"""People, their sessions, and the tree of work units."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from innovate.core.db import Base, enum_type, rel, token_column


class Employment(enum.StrEnum):
    """What a person is to the government."""

    PNS = "pns"
    CPNS = "cpns"
    PPPK = "pppk"
    PPPK_PART_TIME = "pppk_pw"
    STUDENT = "student"
    ACADEMIC = "academic"
    PRIVATE = "private"
    COMMUNITY = "community"
    OTHER = "non_asn"

    @property
    def is_asn(self) -> bool:
        """Whether the law counts the person as ASN."""
        return self in {Employment.PNS, Employment.CPNS, Employment.PPPK, Employment.PPPK_PART_TIME}


class SiteRole(enum.StrEnum):
    """What a person may do on the whole site."""

    MEMBER = "member"
    ORGANIZER = "organizer"
    ADMIN = "admin"


class UnitKind(enum.StrEnum):
    """Types of work units (domain: UU 23/2014 perangkat daerah, and BUMD beside them)."""

    SETDA = "setda"
    BAGIAN = "bagian"
    SEKRETARIAT_DPRD = "sekretariat_dprd"
    INSPEKTORAT = "inspektorat"
    DINAS = "dinas"
    BADAN = "badan"
    SATPOL_PP = "satpol_pp"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    UPT = "upt"
    PUSKESMAS = "puskesmas"
    RSUD = "rsud"
    BUMD = "bumd"


class Unit(Base):
    """A work unit in the tree; names change, so each has dates."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[UnitKind] = mapped_column(enum_type(UnitKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def is_open(self, today: date) -> bool:
        """Whether the unit exists on this day."""
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_until is None or today <= self.valid_until
        )


class User(Base):
    """A person with an account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    email: Mapped[str] = mapped_column(String(254), unique=True)
    email_verified_at: Mapped[datetime | None]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    password_changed_at: Mapped[datetime | None]
    title_before: Mapped[str] = mapped_column(String(60), default="")
    name: Mapped[str] = mapped_column(String(120), index=True)
    title_after: Mapped[str] = mapped_column(String(80), default="")
    employment: Mapped[Employment] = mapped_column(enum_type(Employment), default=Employment.PNS)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    organization: Mapped[str] = mapped_column(String(160), default="")
    position: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    nip: Mapped[str | None] = mapped_column(String(18))
    skills: Mapped[list[str]] = mapped_column(default=list)
    site_role: Mapped[SiteRole] = mapped_column(enum_type(SiteRole), default=SiteRole.MEMBER)
    locale: Mapped[str | None] = mapped_column(String(5))
    theme: Mapped[str | None] = mapped_column(String(8))
    is_demo: Mapped[bool] = mapped_column(default=False)
    is_data_officer: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_leader: Mapped[bool] = mapped_column(default=False, server_default=false())  # reads the leaders' page
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    restricted_at: Mapped[datetime | None]  # processing is restricted at the person's wish

    unit: Mapped[Unit | None] = rel()

    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        """Whether the person may sign in."""
        return self.disabled_at is None

    @property
    def is_site_admin(self) -> bool:
        """Whether the person runs the whole site."""
        return self.site_role is SiteRole.ADMIN

    @property
    def keeps_privacy(self) -> bool:
        """Whether requests about personal data come to the person: the officers, and who runs the site."""
        return self.is_data_officer or self.is_site_admin

    @property
    def reads_for_leaders(self) -> bool:
        """Whether the page for leaders is the person's: leaders, and those who organize or run the site."""
        return self.is_leader or self.site_role is not SiteRole.MEMBER

    @property
    def full_name(self) -> str:
        """Name with its titles: `Dr. Ir. H. Nama, S.T., M.T.`."""
        front = f"{self.title_before} {self.name}".strip()
        return f"{front}, {self.title_after}" if self.title_after else front

    @property
    def initials(self) -> str:
        """One or two letters for the avatar."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"

    def get_id(self) -> str:
        """What Flask-Login keeps in the session cookie: set for this request by the session loader."""
        return str(getattr(self, "session_token", ""))


class UserSession(Base):
    """One signed-in device. Revoking the row signs it out; the cookie holds only a token whose hash is here."""

    __tablename__ = "user_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = rel()


class Attempt(Base):
    """One try at something limited (sign-in, reset), counted across workers.

    `account` and `address` are keyed hashes; `address` is that of the device where it is known for the account.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_account", "purpose", "account", "at"),
        Index("ix_attempts_address", "purpose", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(40))
    account: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class KeptForm(Base):
    """What a person typed into a form that could not be taken: the session had ended, or the page had grown too old.

    `fields` holds pairs of name and value as they were sent, `path` the page that shows them again, `form` which of its
    forms it was. Dropped once saved, forgotten after a while.
    """

    __tablename__ = "kept_forms"
    __table_args__ = (UniqueConstraint("user_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    form: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(String(500))
    fields: Mapped[list[Any]]
    had_files: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class DataAccess(Base):
    """Somebody read or took along personal data. Outside the audit chain; forgotten after a year.

    `subject_id` is whose data; without one it was a list: of the people of `event_id`, or of the whole site.
    """

    __tablename__ = "data_accesses"
    __table_args__ = (
        Index("ix_data_accesses_subject", "subject_id", "at"),
        Index("ix_data_accesses_event", "event_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    viewer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    what: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    event_id: Mapped[int | None]

    viewer: Mapped[User] = rel(foreign_keys=[viewer_id])
    subject: Mapped[User | None] = rel(foreign_keys=[subject_id])
