"""What partners are and what they do."""

from __future__ import annotations

import enum


class OrganisationKind(enum.StrEnum):
    """What an organisation is."""

    UNIVERSITY = "university"
    COMPANY = "company"
    COMMUNITY = "community"
    MEDIA = "media"
    INSTITUTION = "institution"


class Stage(enum.StrEnum):
    """Where something that waits for somebody's answer stands."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Support(enum.StrEnum):
    """How an organisation stands by an event, besides challenges."""

    MENTOR = "mentor"
    PRIZE = "prize"


class OfferKind(enum.StrEnum):
    """What a team can take up."""

    INTERNSHIP = "internship"
    RESEARCH = "research"
    PILOT = "pilot"
    CREDITS = "credits"
    OTHER = "other"


class StatementKind(enum.StrEnum):
    """What members of teams accept before handing in."""

    PROPERTY = "property"
    DATA_USE = "data_use"


class MixKind(enum.StrEnum):
    """Kinds of people a rule on mixed teams counts. One person may be of several."""

    ASN = "asn"
    STUDENT = "student"
    ACADEMIC = "academic"
    COMPANY = "company"
    COMMUNITY = "community"
    PARTNER = "partner"  # a verified member of any organisation
