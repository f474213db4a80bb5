"""Reading the way of one proposal through its unit."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from innovate.core.db import db
from innovate.core.errors import NotFound
from innovate.endorsement.domain.chain import Act, Stage, Standing, is_current, standing_of
from innovate.endorsement.models import Chain, ChainAct, Letter, PaperProposal, PaperScan
from innovate.ideas.models import Idea, IdeaRevision


def find_chain(idea_id: int) -> Chain | None:
    """Where a proposal stands in its unit, with revision, letter and unit; None before the team asked. One query."""
    return db.session.scalar(_whole(idea_id))


def read_again(idea_id: int) -> Chain | None:
    """The same as it is now: whoever decides holds the idea, and sees what was decided meanwhile."""
    return db.session.scalar(_whole(idea_id).execution_options(populate_existing=True))


def _whole(idea_id: int) -> Select[tuple[Chain]]:
    query = select(Chain).where(Chain.idea_id == idea_id)
    return query.options(*map(joinedload, (Chain.revision, Chain.letter, Chain.unit)))


def speaks_of(chain: Chain, idea: Idea) -> bool:
    """Whether the chain still speaks of what is written now; the idea's team must be loaded."""
    same = chain.version == idea.version and chain.unit_id == idea.team.unit_id
    return is_current(chain.stage, same=same, state=idea.state)


def read_standing(chain: Chain | None, idea: Idea) -> Standing:
    """What people are told of a proposal."""
    current = chain is not None and speaks_of(chain, idea)
    return standing_of(chain.stage if chain else None, current=current, state=idea.state)


def is_shown(chain: Chain | None) -> bool:
    """Whether the team has shown its proposal to the unit and not taken it back."""
    return chain is not None and chain.stage is not Stage.TAKEN_BACK


def list_acts(idea_id: int) -> list[ChainAct]:
    """Everything done and said, oldest first, with who and the letter. One query."""
    query = select(ChainAct).where(ChainAct.idea_id == idea_id).order_by(ChainAct.id)
    return list(db.session.scalars(query.options(joinedload(ChainAct.by), joinedload(ChainAct.letter))))


def find_last_reason(acts: list[ChainAct]) -> ChainAct | None:
    """The latest return, with its reason."""
    return next((act for act in reversed(acts) if act.act is Act.RETURN), None)


def find_letter_of(idea: Idea) -> tuple[Letter, ChainAct] | None:
    """The letter under which what is handed in was handed in, and the act. One query."""
    query = select(ChainAct).where(
        ChainAct.idea_id == idea.id,
        ChainAct.act == Act.SUBMIT,
        ChainAct.revision_id == idea.submitted_revision_id,
    )
    query = query.options(joinedload(ChainAct.letter), joinedload(ChainAct.by)).order_by(ChainAct.id.desc())
    act = db.session.scalar(query.limit(1))
    return (act.letter, act) if act and act.letter else None


def get_letter(idea_id: int, public_id: str) -> Letter:
    """A letter of a proposal, or NotFound."""
    letter = db.session.scalar(select(Letter).where(Letter.idea_id == idea_id, Letter.public_id == public_id))
    if letter is None:
        raise NotFound
    return letter


def find_paper(idea_id: int) -> PaperProposal | None:
    """That it came on paper, with who typed it."""
    query = select(PaperProposal).where(PaperProposal.idea_id == idea_id)
    return db.session.scalar(query.options(joinedload(PaperProposal.entered_by)))


def list_scans(idea_id: int) -> list[PaperScan]:
    """Its scanned files."""
    return list(
        db.session.scalars(select(PaperScan).where(PaperScan.idea_id == idea_id).order_by(PaperScan.id))
    )


def get_scan(idea_id: int, public_id: str) -> PaperScan:
    """One scanned file, or NotFound."""
    scan = db.session.scalar(
        select(PaperScan).where(PaperScan.idea_id == idea_id, PaperScan.public_id == public_id)
    )
    if scan is None:
        raise NotFound
    return scan


def list_revision_files(revision: IdeaRevision) -> frozenset[int]:
    """Keys of the files a revision has."""
    return frozenset(int(key) for key in revision.files)
