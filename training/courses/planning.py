"""Put sessions into the year."""

from collections.abc import Iterable

from agency.audit import record
from agency.models import StaffMember
from training.courses.attending import invite
from training.courses.models import Session


def plan_session(session: Session, people: Iterable[StaffMember], by: StaffMember) -> Session:
    """Save a session, new or moved, and ask people to it. Nobody is taken off the list by leaving them out."""
    is_new = session.pk is None
    session.save()
    invite(session, people)
    name = "training.session.planned" if is_new else "training.session.changed"
    record(name, subject=session, actor=by, held_on=str(session.held_on))
    return session
