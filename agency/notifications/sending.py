"""Tell staff members what happened, once, in their own language."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import override

from .models import Notification

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

Text = str | Promise | Callable[[], str]


def notify(
    staff: "StaffMember", kind: str, title: Text, url: str = "", *, body: Text = "", key: str | None = None
) -> None:
    """Leave a notification for a staff member of the active agency.

    With a ``key`` (such as ``task-7-due``) the same person is told once, however often the work is repeated.
    A lazy text, or a function such as ``lambda: _("%(n)d forms came back") % {"n": n}``, is written in the
    person's language. Phone and identity numbers do not belong in a text.
    """
    notify_all([staff], kind, title, url, body=body, key=key)


def notify_all(
    people: Iterable["StaffMember"],
    kind: str,
    title: Text,
    url: str = "",
    *,
    body: Text = "",
    key: str | None = None,
) -> None:
    """Leave the same notification for several people, in one statement."""
    Notification.objects.bulk_create(
        [_written(staff, kind, title, url, body, key) for staff in people], ignore_conflicts=True
    )


def _written(staff: "StaffMember", kind: str, title: Text, url: str, body: Text, key: str | None) -> Notification:
    with override(staff.language):
        return Notification(
            staff=staff,
            kind=kind,
            title=_plain(title, "title"),
            body=_plain(body, "body"),
            url=url,
            key=key,
        )


def _plain(text: Text, field: str) -> str:
    words = text() if callable(text) else str(text)
    return words[: Notification._meta.get_field(field).max_length]
