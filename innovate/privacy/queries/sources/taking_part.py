"""Teams, proposals with their files, objections and papers.

A person who left a team takes along what they wrote and uploaded themselves, and nothing that came after.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from innovate.accounts.models import User
from innovate.accounts.services.personal_data import OwnFile, Row, Source, add_files, add_source
from innovate.core.db import db
from innovate.documents.queries.papers import list_own
from innovate.events.models import Event, EventRole, RoleInvitation
from innovate.ideas.models import Idea, IdeaFile, IdeaRevision, Screening
from innovate.privacy.queries.sources.rows import plain, source
from innovate.results.models import Objection
from innovate.teams.models import JoinRequest, Membership, Team, TeamInvitation, TeamMentor


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)
    add_files("berkas", _find_files)
    add_files("dokumen", _find_papers)


def _own_ideas(user_id: int) -> list[int]:
    """Ideas of the teams the person is in today."""
    query = select(Idea.id).join(Membership, Membership.team_id == Idea.team_id)
    return list(db.session.scalars(query.where(Membership.user_id == user_id, Membership.left_at.is_(None))))


def _list_ideas(user_id: int) -> list[Row]:
    query = select(Idea, Team.name, Event.name).join(Team, Team.id == Idea.team_id)
    query = query.join(Event, Event.id == Idea.event_id).where(Idea.id.in_(_own_ideas(user_id)))
    return [
        {
            "kompetisi": event,
            "tim": team,
            "nomor": idea.number,
            "judul": idea.title,
            "diajukan": plain(idea.submitted_at),
            "tampil_di_galeri": idea.in_gallery,
            "isian": idea.answers,
        }
        for idea, team, event in db.session.execute(query.order_by(Idea.id))
    ]


def _list_screenings(user_id: int) -> list[Row]:
    query = select(Idea.title, Screening).join(Screening, Screening.idea_id == Idea.id)
    query = query.where(Idea.id.in_(_own_ideas(user_id)), Screening.undone_at.is_(None))
    return [
        {
            "judul": title,
            "keputusan": plain(row.decision),
            "alasan": row.reason,
            "waktu": plain(row.at),
        }
        for title, row in db.session.execute(query.order_by(Screening.id))
    ]


def _files(user_id: int) -> Iterator[tuple[IdeaFile, str, str]]:
    """Files of the teams the person is in today, and what they uploaded anywhere: (file, title, event's slug)."""
    query = select(IdeaFile, Idea.title, Event.slug).join(Idea, Idea.id == IdeaFile.idea_id)
    query = query.join(Event, Event.id == Idea.event_id)
    mine = or_(IdeaFile.uploaded_by_id == user_id, IdeaFile.idea_id.in_(_own_ideas(user_id)))
    yield from db.session.execute(query.where(mine).order_by(IdeaFile.id)).tuples()


def _list_files(user_id: int) -> list[Row]:
    return [
        {
            "kompetisi": slug,
            "judul": title,
            "nama_berkas": file.filename,
            "ukuran": file.size,
            "sha256": file.sha256,
            "diunggah": plain(file.uploaded_at),
            "diunggah_oleh_anda": file.uploaded_by_id == user_id,
            "dikeluarkan": plain(file.removed_at),
            "dalam_salinan": _path(file, slug),
        }
        for file, title, slug in _files(user_id)
    ]


def _find_files(user_id: int) -> list[OwnFile]:
    return [OwnFile(_path(file, slug), file.storage_key, file.size) for file, _title, slug in _files(user_id)]


def _path(file: IdeaFile, slug: str) -> str:
    """Where a file lies in the copy: no two share a path, and no name leads out of the folder."""
    plain_name = "".join(sign if sign.isalnum() or sign in " .,-_" else "_" for sign in file.filename).strip(
        " ."
    )
    return f"berkas/{slug}/{file.public_id}-{plain_name or 'berkas'}"


def _list_papers(user_id: int) -> list[Row]:
    return [
        {
            "kegiatan": row.occasion_name,
            "nomor": row.number,
            "tanggal": plain(row.day),
            "kode": row.code,
            "dalam_salinan": f"dokumen/{row.public_id}.pdf",
        }
        for row in list_own(user_id)
    ]


def _find_papers(user_id: int) -> list[OwnFile]:
    return [OwnFile(f"dokumen/{row.public_id}.pdf", *row.served) for row in list_own(user_id)]


def _list_invitations(user_id: int) -> list[Row]:
    email = select(User.email).where(User.id == user_id).scalar_subquery()
    query = select(Team.name, Event.name, TeamInvitation).join(Team, Team.id == TeamInvitation.team_id)
    query = query.join(Event, Event.id == Team.event_id).where(
        or_(func.lower(TeamInvitation.email) == email, TeamInvitation.found_id == user_id)
    )
    rows: list[Row] = [
        {"kompetisi": event, "sebagai": team, "waktu": plain(row.created_at), "keadaan": plain(row.state)}
        for team, event, row in db.session.execute(query.order_by(TeamInvitation.id))
    ]
    roles = select(Event.name, RoleInvitation).join(Event, Event.id == RoleInvitation.event_id)
    mine = or_(
        func.lower(RoleInvitation.email) == email,
        RoleInvitation.accepted_by_id == user_id,
        RoleInvitation.declined_by_id == user_id,
    )
    for event, row in db.session.execute(roles.where(mine).order_by(RoleInvitation.id)):
        state = "accepted" if row.accepted_at else "declined" if row.declined_at else "pending"
        rows.append(
            {"kompetisi": event, "sebagai": plain(row.role), "waktu": plain(row.created_at), "keadaan": state}
        )
    return rows


SOURCES = (
    source(
        "peran",
        _l("Peran dalam kompetisi"),
        EventRole.user_id,
        {
            "kompetisi": Event.name,
            "peran": EventRole.role,
            "sebutan": EventRole.public_title,
            "sejak": EventRole.created_at,
            "sampai": EventRole.revoked_at,
        },
        (Event, Event.id == EventRole.event_id),
    ),
    Source("undangan", _l("Undangan kepada Anda"), _list_invitations, columns=("team_invitations.found_id",)),
    source(
        "tim",
        _l("Keanggotaan tim"),
        Membership.user_id,
        {
            "kompetisi": Event.name,
            "tim": Team.name,
            "bagian": Membership.part,
            "bergabung": Membership.joined_at,
            "keluar": Membership.left_at,
            "sebab": Membership.left_reason,
        },
        (Team, Team.id == Membership.team_id),
        (Event, Event.id == Membership.event_id),
    ),
    source(
        "ketua_tim",
        _l("Tim yang Anda pimpin"),
        Team.captain_id,
        {"tim": Team.name, "keterangan": Team.description, "dibuat": Team.created_at},
    ),
    source(
        "pendampingan",
        _l("Pendampingan"),
        TeamMentor.user_id,
        {"tim": Team.name, "sejak": TeamMentor.named_at, "sampai": TeamMentor.ended_at},
        (Team, Team.id == TeamMentor.team_id),
    ),
    source(
        "permintaan_bergabung",
        _l("Permintaan bergabung"),
        JoinRequest.user_id,
        {
            "tim": Team.name,
            "pesan": JoinRequest.message,
            "keadaan": JoinRequest.state,
            "waktu": JoinRequest.created_at,
        },
        (Team, Team.id == JoinRequest.team_id),
    ),
    Source("usulan", _l("Usulan tim Anda"), _list_ideas),
    Source("seleksi", _l("Keputusan seleksi atas usulan tim Anda"), _list_screenings),
    source(
        "revisi",
        _l("Versi usulan yang Anda tulis"),
        IdeaRevision.author_id,
        {
            "judul": IdeaRevision.title,
            "versi": IdeaRevision.number,
            "waktu": IdeaRevision.at,
            "diajukan": IdeaRevision.is_submission,
            "isian": IdeaRevision.answers,
        },
    ),
    Source("berkas", _l("Berkas"), _list_files),
    source(
        "sanggahan",
        _l("Sanggahan yang Anda ajukan"),
        Objection.filed_by_id,
        {
            "nomor": Objection.number,
            "alasan": Objection.reason,
            "waktu": Objection.filed_at,
            "hasil": Objection.outcome,
            "jawaban": Objection.answer,
            "dijawab": Objection.answered_at,
        },
    ),
    Source("dokumen", _l("Piagam dan sertifikat"), _list_papers, ("documents.user_id",)),
)
