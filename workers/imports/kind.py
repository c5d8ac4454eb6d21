"""The roster among the tables that can be uploaded."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.periods import Period
from agency.shell.fields import PeriodField
from agency.uploads.forms import UploadForm
from agency.uploads.kinds import UploadKind, register

from .roster import RosterImport
from .roster_columns import ROSTER


class RosterForm(UploadForm):
    """A roster and its month."""

    period = PeriodField(
        label=_("Month of the roster"),
        help_text=_("What differs from what is on file holds from the first day of this month."),
    )

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"period": Period.of(today()), **(initial or {})}
        super().__init__(*args, **kwargs)


ROSTER_UPLOAD = register(
    UploadKind(
        name="workers.roster",
        table=ROSTER,
        permission="workers.roster.import",
        importer=RosterImport,
        url_name="workers:roster",
        back="workers:workers",
        title=_("Import a roster"),
        lead=_(
            "Workers, contracts, placements, insurance and accounts in one table. Nothing changes before you say so."
        ),
        form=RosterForm,
    )
)
