"""Find whom the names of a workbook mean: specialist, client, worker or contact, place and topic."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from agency.calendar import today
from agency.models import StaffMember
from agency.permissions import sees_whole_agency
from agency.privacy.fields import index_field
from agency.reasons import _, reason
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding, Values
from agency.tenancy.context import current_agency_id
from clients.models import Assignment, ClientContact, ClientEnterprise, Site
from workers.models import Placement, Worker

from .models import CommunicationLog, Topic
from .topics import WORDS

Place = CommunicationLog.Place
PLACE_WORDS = (
    (Place.DORMITORY, ("宿舍", "寝室", "公寓")),
    (Place.WORKSHOP, ("车间", "产线", "线", "仓库", "厂区")),
    (Place.CLIENT, ("客户", "会议室", "门卫", "食堂", "行政")),
    (Place.OFFICE, ("办公室", "驻点", "公司")),
)
SITE_PLACES = {
    Site.Kind.DORMITORY: Place.DORMITORY,
    Site.Kind.WORKSHOP: Place.WORKSHOP,
    Site.Kind.OFFICE: Place.CLIENT,
}


@dataclass(slots=True)
class Meant:
    """What a row means in our tables; exactly one of worker and contact is set."""

    staff: StaffMember
    client: ClientEnterprise
    worker: Worker | None
    contact: ClientContact | None
    place: str
    site: Site | None
    topic: Topic | None


class Unclear(Exception):
    """A cell names nobody, or more than one."""

    def __init__(self, field: str, why: Any) -> None:
        super().__init__(str(why))
        self.field, self.why = field, why


class RecordLookup:
    """A check of the dry run that looks names up, a thousand rows at a time; `meant` holds what it found, by row."""

    def __init__(self, by: StaffMember) -> None:
        self.by = by
        self.meant: dict[int, Meant] = {}
        self._whole_agency = sees_whole_agency(by)
        self._today = today()
        self._staff = _by_names(StaffMember.objects.all(), "name")
        self._clients = _by_names(ClientEnterprise.objects.all(), "name", "short_name")
        self._contacts = _by_names(ClientContact.objects.select_related("site"), "name")
        self._served: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
        for assignment in Assignment.objects.all():
            self._served[assignment.staff_id, assignment.client_id].append(assignment)
        self._sites = _by_names(Site.objects.all(), "name")
        self._topics = list(Topic.objects.order_by("order"))
        self._placements: dict[Any, list[Placement]] = {}
        self._index = index_field(Worker, "identity_number")

    def __call__(self, rows: Sequence[ParsedRow]) -> Iterator[Finding]:
        good = [row for row in rows if row.good]
        self._load_placements(good)
        for row in good:
            try:
                self.meant[row.row] = self._mean(row.values)
            except Unclear as unclear:
                yield Finding(unclear.field, unclear.why, row=row.row)

    def _mean(self, values: Values) -> Meant:
        if values["date"] > self._today:
            raise Unclear("date", reason(_("This day has not come yet.")))
        staff = self._one("specialist", self._staff[values["specialist"]], values["specialist"])
        if not self._whole_agency and staff != self.by:
            raise Unclear("specialist", reason(_("You can bring in your own records only.")))
        client = self._one("client", self._clients[values["client"]], values["client"])
        if not any(one.is_valid_on(values["date"]) for one in self._served[staff.pk, client.pk]):
            raise Unclear(
                "specialist",
                reason(
                    _("%(staff)s did not serve %(client)s on that day."), staff=staff.name, client=client.short_name
                ),
            )
        names_worker = values["worker_name"] or values["identity_number"]
        contact = None if names_worker else self._contact(values, client)
        placement = self._placement(values, client) if names_worker else None
        at = contact.site if contact else placement.site if placement else None
        place, site = self._place(values["place"] or "", client, at)
        return Meant(
            staff, client, placement.worker if placement else None, contact, place, site, self._topic(values["topic"])
        )

    def _contact(self, values: Values, client: ClientEnterprise) -> ClientContact:
        name = values["client_contact"]
        return self._one("client_contact", [c for c in self._contacts[name] if c.client_id == client.pk], name)

    def _placement(self, values: Values, client: ClientEnterprise) -> Placement:
        number, name, day = values["identity_number"], values["worker_name"], values["date"]
        field = "identity_number" if number else "worker_name"
        key = self._index_of(number) if number else name
        there = [p for p in self._placements.get(key, []) if p.client_id == client.pk and p.is_valid_on(day)]
        if len(there) > 1:
            raise Unclear(
                field, reason(_("%(count)d people of this name work there. Add the identity number."), count=len(there))
            )
        if not there:
            raise Unclear(
                field,
                reason(
                    _("Nobody of this name or number was placed at %(client)s on that day."), client=client.short_name
                ),
            )
        return there[0]

    def _place(self, text: str, client: ClientEnterprise, at: Site | None) -> tuple[str, Site | None]:
        """Read a place: a site of the client by name, else by the words people use for one, else where they work."""
        if not text:
            return (SITE_PLACES[Site.Kind(at.kind)], at) if at else (Place.CLIENT, None)
        for site in self._sites[text]:
            if site.client_id == client.pk:
                return SITE_PLACES[Site.Kind(site.kind)], site
        place = next((place for place, words in PLACE_WORDS if any(word in text for word in words)), Place.ELSEWHERE)
        return place, at if at and SITE_PLACES[Site.Kind(at.kind)] == place else None

    def _topic(self, text: str) -> Topic | None:
        """Take the topic whose name the text holds, else the last of the list, which is for everything else."""
        named = (
            topic for topic in self._topics if any(word in text for word in (topic.label, *WORDS.get(topic.key, ())))
        )
        return next(named, self._topics[-1] if self._topics else None)

    def _load_placements(self, rows: Sequence[ParsedRow]) -> None:
        """Fetch the placements of those named, under their name and under the index of their number."""
        names = {row.values["worker_name"] for row in rows} - {None}
        numbers = {self._index_of(row.values["identity_number"]) for row in rows if row.values["identity_number"]}
        self._placements = defaultdict(list)
        rows_of = Placement.objects.select_related("worker", "site")
        for placement in rows_of.filter(worker__name__in=names) | rows_of.filter(worker__identity_index__in=numbers):
            self._placements[placement.worker.name].append(placement)
            self._placements[placement.worker.identity_index].append(placement)

    def _index_of(self, number: str) -> str:
        assert self._index is not None
        return self._index.index_for(number, current_agency_id())

    def _one(self, field: str, found: list[Any], name: str) -> Any:
        if not found:
            raise Unclear(field, reason(_("“%(name)s” is not known here. Check the spelling."), name=name))
        if len(found) > 1:
            raise Unclear(field, reason(_("“%(name)s” is the name of several. Write the full name."), name=name))
        return found[0]


def _by_names(rows: Iterable[Any], *fields: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for name in {getattr(row, field) for field in fields}:
            found[name].append(row)
    return found


def start_of(values: Values) -> dt.time:
    """Return when a talk began; a record without a time counts from nine in the morning."""
    return values["start_time"] or dt.time(9)


def length_of(values: Values) -> int:
    """Return whole minutes: as written, else from begin to end, else ten."""
    if values["minutes"]:
        return max(values["minutes"], 1)
    if values["end_time"] and values["start_time"]:
        begin, end = values["start_time"], values["end_time"]
        return (end.hour - begin.hour) * 60 + end.minute - begin.minute
    return 10
