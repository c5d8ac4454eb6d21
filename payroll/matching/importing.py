"""Take in a bureau's list as it was sent: title rows, merged heads and .xls are the spreadsheets' business.

Its city's layout says what stands where. A person may have a row for each insurance: the rows add up. Rows of another
month (补缴) are told and left out.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from agency.audit import record
from agency.calendar import today
from agency.periods import Period
from agency.privacy.blind_index import blind_index
from agency.reasons import Reason, _, reason
from agency.shell.fields import PeriodField
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding
from agency.tenancy.copying import columns_of, copy_rows
from agency.uploads.forms import UploadForm
from agency.uploads.kinds import Importer, Situation, UploadKind, register
from agency.uploads.models import State, Upload
from payroll.models import BureauRecord
from workers.models import Worker

from .layout import bureau_table, city_of, table_of
from .people import People

SAME = ("identity_key", "period", "city")
WRITTEN = ("name", "worker_id", "insured", "paid", "base_fen", "employer_fen", "employee_fen")


class BureauImport(Importer):
    """One list on its way in; the context says its month and city."""

    def __init__(self, situation: Situation) -> None:
        super().__init__(situation)
        self.period = Period.parse(situation.context["period"])
        self.city = city_of(situation.context)
        self.rows = self.unknown = 0
        self.people = People(self.period, self.city)
        self.records: list[BureauRecord] = []

    def check(self, rows: Sequence[ParsedRow]) -> Iterator[Finding]:
        """Warn of people the roster does not know, and of another name for a known number."""
        keys = {row.row: self._key(row) for row in rows if row.values["identity_number"]}
        known = {
            w.identity_index: w
            for w in Worker.objects.filter(identity_index__in=keys.values()).only("name", "identity_index")
        }
        records: dict[str, BureauRecord] = {}
        for row in rows:
            key = keys.get(row.row)
            if key is None:
                continue
            worker = known.get(key)
            if (month := row.values["month"]) is not None and month != self.period:
                words = _("This row is of %(month)s, the list of %(period)s: it is left out.")
                yield Finding("month", reason(words, month=month, period=self.period), warning=True, row=row.row)
                continue
            self.rows += key not in self.people
            if worker is None:
                self.unknown += 1
                words = _("The bureau insures somebody who is not in the roster. Stop it, or enter the person.")
                yield Finding("identity_number", reason(words), warning=True, row=row.row)
            elif row.values["name"] and worker.name != row.values["name"]:
                words = _("In the roster this number belongs to %(name)s. Check which name is right.")
                yield Finding("name", reason(words, name=worker.name), warning=True, row=row.row)
            if row.good:
                records[key] = self.people.told(key, worker, row.values)
        self.records = list(records.values())

    def write(self, rows: Sequence[ParsedRow]) -> None:
        """Write what the batch just checked says; a later list of the month replaces it person by person."""
        if self.records:
            columns = columns_of(self.records, [*SAME, *WRITTEN])
            copy_rows(BureauRecord, columns, unique=("agency_id", *SAME), update=[*WRITTEN, "imported_at"])

    def finish(self) -> None:
        record("payroll.bureau_list.imported", period=str(self.period), city=self.city, rows=self.rows)

    def notes(self) -> list[Reason]:
        words = _("%(rows)d people insured or stopped by the bureau, %(unknown)d of them not in the roster.")
        return [reason(words, rows=self.rows, unknown=self.unknown)]

    def _key(self, row: ParsedRow) -> str:
        return blind_index(row.values["identity_number"], "identity_number", self.situation.agency_id)


class BureauForm(UploadForm):
    """A list, its month and its city."""

    period = PeriodField(label=gettext_lazy("Month of the list"))
    city = forms.CharField(label=gettext_lazy("City of insurance"), max_length=20)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"period": Period.of(today()), **(initial or {})}
        super().__init__(*args, **kwargs)


def offers(upload: Upload) -> list[tuple[str, str]]:
    """Offer to keep the columns of a list that was read as its city's layout."""
    if upload.state != State.CHECKED:
        return []
    words = gettext("Keep these columns as the layout of %(city)s") % {"city": city_of(upload.context)}
    return [(reverse("payroll:bureau_layout_keep", args=[upload.pk]), words)]


BUREAU_UPLOAD = register(
    UploadKind(
        name="payroll.bureau",
        table=bureau_table(),
        permission="payroll.match.import",
        importer=BureauImport,
        url_name="payroll:bureau",
        table_of=table_of,
        sender=city_of,
        offers=offers,
        back="payroll:matches",
        title=gettext_lazy("Import a bureau's list"),
        lead=gettext_lazy("The member list or the monthly report, just as the bureau sends it."),
        form=BureauForm,
    )
)
