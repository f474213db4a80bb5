"""Surveys of the year with their numbers. Not what anybody answered."""

from __future__ import annotations

from flask_babel import gettext as _

from innovate.leaders.queries.lists.wanted import Listing, Wanted, cut
from innovate.leaders.words import say_number
from innovate.surveys.queries.summary import list_means, list_skm


def list_surveys(wanted: Wanted) -> Listing:
    """SKM with index and class, then surveys of trainings with their mean."""
    year = wanted.frame.year
    skm = list_skm(year) if year else []
    means = list_means(year) if year else []
    rows = [(row.survey.title, say_number(row.value, 2), row.grade, row.n) for row in skm]
    rows += [(row.survey.title, say_number(float(row.mean), 2), "–", row.n) for row in means]
    heads = (_("Survei"), _("Indeks atau rata-rata"), _("Mutu"), _("Jawaban"))
    lead = _("SKM: indeks 25 sampai 100. Survei pelatihan: rata-rata 1 sampai 5.")
    return Listing(_("Survei yang selesai"), heads, cut(rows, wanted), lead=lead)
