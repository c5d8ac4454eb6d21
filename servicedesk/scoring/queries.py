"""What pages ask about sheets."""

from agency.models import StaffMember
from agency.periods import Period
from servicedesk.scoring.sheet_models import ScoreLine, ScoreSheet
from servicedesk.scoring.uncertainty import Standing, error_of, standings


def latest_sheet(staff: StaffMember, period: Period) -> ScoreSheet | None:
    """Return the sheet that counts, or None before the month is scored."""
    return ScoreSheet.objects.latest().of_period(period).filter(staff=staff).select_related("staff", "card").first()


def ranked(period: Period) -> list[Standing]:
    """Return everybody's standing in a month; sheets on which nothing applied yet are left out."""
    sheets = ScoreSheet.objects.latest().of_period(period).filter(max_tenths__gt=0).select_related("staff")
    sheets = list(sheets.order_by("staff__name_pinyin", "pk"))
    full: dict[int, dict[str, int]] = {sheet.pk: {} for sheet in sheets}
    for sheet, key, tenths in ScoreLine.objects.filter(sheet__in=full).values_list("sheet", "key", "max_tenths"):
        full[sheet][key] = tenths
    return standings([(sheet, error_of(sheet.inputs, full[sheet.pk])) for sheet in sheets])


def totals_before(period: Period) -> dict[int, int]:
    """Return the totals of the month before in tenths, by staff id."""
    sheets = ScoreSheet.objects.latest().of_period(period.previous()).filter(max_tenths__gt=0)
    return dict(sheets.values_list("staff", "total_tenths"))
