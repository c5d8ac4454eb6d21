"""What declarations have changed since last month's payslip, with the sums before and after; amounts in fen."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from agency.money import yuan
from payroll.calculation.declared_kinds import ADDITIONAL
from payroll.declarations.kinds import LABELS

from .figures import DECLARED


def changed_by_declarations(told: Mapping[str, Any], before: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield a sentence for a sheet's sum that a declaration replaced, for each new kind and each withdrawn one.

    `told` are the figures of a payslip, `before` those of the month before in the same tax year, None without one.
    """
    now, earlier = _declared(told), _declared(before or {})
    if sheet := told.get("replaced_fen", 0):
        so_far = (before or {}).get("additional_to_date_fen", 0)
        yield _("Replaced: the sheet had %(sheet)s this month, %(before)s to date; the declarations %(after)s.") % {
            "sheet": yuan(sheet), "before": yuan(so_far + sheet), "after": yuan(told["additional_to_date_fen"]),
        }  # fmt: skip
    for kind, fen in now.items():
        if kind not in earlier:
            yield _("New: %(kind)s, before 0.00, now %(after)s to date.") % {"kind": LABELS[kind], "after": yuan(fen)}
    for kind, fen in earlier.items():
        if kind not in now:
            yield _("Withdrawn: %(kind)s, before %(before)s to date, now 0.00.") % {
                "kind": LABELS[kind], "before": yuan(fen),
            }  # fmt: skip


def _declared(told: Mapping[str, Any]) -> dict[str, int]:
    return {kind: told[f"{DECLARED}{kind}"] for kind in ADDITIONAL if told.get(f"{DECLARED}{kind}")}
