"""Organisations, and what people did for them and with them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from innovate.accounts.services.personal_data import add_source
from innovate.events.models import Event
from innovate.partners.models.dealings import Challenge, Proposal
from innovate.partners.models.offers import Offer, OfferUse
from innovate.partners.models.organisations import Organisation, OrganisationMember
from innovate.partners.models.teams import Statement, StatementAcceptance
from innovate.privacy.queries.sources.rows import source
from innovate.teams.models import Team


def connect() -> None:
    """Register them."""
    for each in SOURCES:
        add_source(each)


SOURCES = (
    source(
        "mitra",
        _l("Keanggotaan organisasi mitra"),
        OrganisationMember.user_id,
        {
            "organisasi": Organisation.name,
            "keadaan": OrganisationMember.state,
            "pengelola": OrganisationMember.is_manager,
            "catatan": OrganisationMember.note,
            "diminta": OrganisationMember.asked_at,
            "diputuskan": OrganisationMember.decided_at,
            "berakhir": OrganisationMember.left_at,
        },
        (Organisation, Organisation.id == OrganisationMember.organisation_id),
    ),
    source(
        "organisasi_didaftarkan",
        _l("Organisasi yang Anda daftarkan"),
        Organisation.registered_by_id,
        {"organisasi": Organisation.name, "keadaan": Organisation.state, "waktu": Organisation.registered_at},
    ),
    source(
        "tantangan_mitra",
        _l("Tantangan yang Anda ajukan"),
        Challenge.proposed_by_id,
        {
            "judul": Challenge.title,
            "kompetisi": Event.name,
            "narahubung": Challenge.contact,
            "keadaan": Challenge.state,
            "waktu": Challenge.proposed_at,
        },
        (Event, Event.id == Challenge.event_id),
    ),
    source(
        "diusulkan_mentor",
        _l("Usulan organisasi agar Anda menjadi mentor"),
        Proposal.user_id,
        {
            "organisasi": Organisation.name,
            "kompetisi": Event.name,
            "catatan": Proposal.note,
            "keadaan": Proposal.state,
            "waktu": Proposal.proposed_at,
        },
        (Organisation, Organisation.id == Proposal.organisation_id),
        (Event, Event.id == Proposal.event_id),
    ),
    source(
        "minat_tawaran",
        _l("Minat tim pada tawaran mitra yang Anda kirim"),
        OfferUse.asked_by_id,
        {
            "tawaran": Offer.title,
            "tim": Team.name,
            "catatan": OfferUse.note,
            "keadaan": OfferUse.state,
            "waktu": OfferUse.asked_at,
        },
        (Offer, Offer.id == OfferUse.offer_id),
        (Team, Team.id == OfferUse.team_id),
    ),
    source(
        "pernyataan",
        _l("Pernyataan yang Anda setujui"),
        StatementAcceptance.user_id,
        {
            "kompetisi": Event.name,
            "judul": Statement.title,
            "versi": Statement.version,
            "isi": Statement.text,
            "disetujui": StatementAcceptance.accepted_at,
        },
        (Statement, Statement.id == StatementAcceptance.statement_id),
        (Event, Event.id == Statement.event_id),
    ),
)
