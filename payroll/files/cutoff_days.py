"""Cut-off days as data: one day of the month for each insurance."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from .layouts import LayoutError

INSURED = {
    "pension": "养老", "medical": "医疗", "unemployment": "失业", "injury": "工伤", "maternity": "生育",
    "housing_fund": "公积金",
}  # fmt: skip
FUND = "housing_fund"
LAST = 31


def read_cutoffs(spec: Mapping[str, Any]) -> dict[str, int]:
    """Read cut-off days by insurance. Raises `LayoutError` when one is missing or no day of a month."""
    days = dict(spec.get("days") or {})
    for insurance, name in INSURED.items():
        day = days.get(insurance)
        if not isinstance(day, int) or not 0 <= day <= LAST:
            raise LayoutError(
                _("%(name)s: a cut-off day lies between 1 and 31; 0 means there is none.") % {"name": name}
            )
    return {insurance: days[insurance] for insurance in INSURED}
