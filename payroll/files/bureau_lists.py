"""How a city's bureau writes its member list or monthly report, as data: titles, headers, and what stands under them.

`titles` is how many rows stand above the headers. A column names the `field` of ours it holds and its `headers`, the
usual spelling first; of a head on two lines both are written together, the upper one first (养老保险单位应缴).
`by_insurance` says that a person has a row for each insurance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .cutoff_days import INSURED
from .layouts import LayoutError

PERSON, MONTH, INSURANCE = "identity_number", "month", "insurance"
PARTS = {f"{side}_{name}_fen": (side, name) for name in INSURED for side in ("employer", "employee")}
FIELDS = (PERSON, "name", MONTH, INSURANCE, "insured", "paid", "base_fen", "employer_fen", "employee_fen", *PARTS)
NEEDED = (PERSON, "name")
MOST_TITLES = 20


@dataclass(frozen=True, slots=True)
class BureauList:
    """One city's list; `headers` are the spellings by field of ours."""

    headers: Mapping[str, tuple[str, ...]]
    titles: int = 0
    by_insurance: bool = False


def read_bureau_list(spec: Mapping[str, Any]) -> BureauList:
    """Read a layout from its JSON. Raises `LayoutError` for what cannot be read by, or would be read wrongly."""
    try:
        headers = {column["field"]: tuple(column["headers"]) for column in spec["columns"]}
        found = BureauList(headers, spec.get("titles", 0), spec.get("by_insurance", False))
    except (KeyError, TypeError) as wrong:
        raise LayoutError(_("A part of this layout is not known: %s") % wrong) from None
    for fault in _faults(found):
        raise LayoutError(fault)
    return found


def _faults(found: BureauList) -> Iterator[str]:
    for name in found.headers:
        if name not in FIELDS:
            yield _("“%(field)s” is not known in a bureau's list.") % {"field": name}
    for name in NEEDED:
        if not found.headers.get(name):
            yield _("A column for “%(field)s” is missing: without it the list says nothing.") % {"field": name}
    if not isinstance(found.titles, int) or not 0 <= found.titles <= MOST_TITLES:
        yield _("There are between 0 and %(most)d rows of titles above the headers.") % {"most": MOST_TITLES}
    if found.by_insurance and not found.headers.get(INSURANCE):
        yield _("With a row for each insurance a column must say which one it is.")
    seen: dict[str, str] = {}
    for name, spellings in found.headers.items():
        for text in spellings:
            if seen.setdefault(text, name) != name:
                yield _("“%(header)s” cannot stand for two things. Leave it at one of them.") % {"header": text}
