"""A small form for each kind of window; each reads and writes the rule as `window_rules` keeps it."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from servicedesk.workflow.window_rules import WindowError, check

KINDS = [
    ("days", _("days of the month")),
    ("workdays", _("workdays of the month")),
    ("pay_day", _("workdays around the client's pay day")),
    ("city_days", _("up to the city's cut-off day")),
    ("deadline", _("up to the tax deadline of the year")),
    ("weekly", _("once a week")),
]
_CITY = re.compile(r"(\S+?)\s*[:：]?\s*(\d{1,2})日?")


class WindowForm(forms.Form):
    """The fields of one kind; `rule()` gives what is stored."""

    kind = ""

    def clean(self) -> dict[str, Any]:
        """Let the rule itself say whether it can be applied."""
        data = super().clean() or {}
        if not self.errors:
            try:
                check(self.rule())
            except WindowError:
                raise ValidationError(_("The first day lies after the last. Swap the two.")) from None
        return data

    def rule(self) -> dict[str, Any]:
        return {"rule": self.kind, **self.cleaned_data}


class DaysForm(WindowForm):
    kind = "days"
    first = forms.IntegerField(label=_("From the"), min_value=1, max_value=31, help_text=_("31 means the last day."))
    last = forms.IntegerField(label=_("to the"), min_value=1, max_value=31)


class CityForm(DaysForm):
    kind = "city_days"
    cities = forms.CharField(
        label=_("Cut-off by city"),
        required=False,
        max_length=300,
        help_text=_("Such as 苏州 20、上海 15; other cities take the day above."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.get("initial") or {}
        cities = initial.get("cities") or {}
        if isinstance(cities, Mapping):
            kwargs["initial"] = {**initial, "cities": "、".join(f"{city} {day}" for city, day in cities.items())}
        super().__init__(*args, **kwargs)

    def clean_cities(self) -> dict[str, int]:
        """Read 苏州 20、上海 15."""
        found = {}
        for part in filter(None, re.split(r"[、,，;；\n]+", self.cleaned_data["cities"])):
            match = _CITY.fullmatch(part.strip())
            if match is None or not 1 <= int(match[2]) <= 31:
                raise ValidationError(
                    _("“%(part)s” is no city with a day. Write it like 苏州 20."), params={"part": part}
                )
            found[match[1]] = int(match[2])
        return found


class WorkdaysForm(WindowForm):
    kind = "workdays"
    first = forms.IntegerField(
        label=_("From workday no."),
        min_value=-23,
        max_value=23,
        help_text=_("Counted from the end with a minus: −1 is the last one."),
    )
    last = forms.IntegerField(label=_("to workday no."), min_value=-23, max_value=23)


class PayDayForm(WindowForm):
    kind = "pay_day"
    first = forms.IntegerField(
        label=_("From, in workdays off pay day"),
        min_value=-15,
        max_value=15,
        help_text=_("−3 is three workdays before, 2 is two after."),
    )
    last = forms.IntegerField(label=_("to, in workdays off pay day"), min_value=-15, max_value=15)


class DeadlineForm(WindowForm):
    kind = "deadline"
    lead = forms.IntegerField(label=_("Begins so many workdays before"), min_value=0, max_value=15)

    def rule(self) -> dict[str, Any]:
        return {"rule": self.kind, "table": "income_tax", **self.cleaned_data}


class WeeklyForm(WindowForm):
    kind = "weekly"


FORMS: dict[str, type[WindowForm]] = {
    form.kind: form for form in (DaysForm, WorkdaysForm, PayDayForm, CityForm, DeadlineForm, WeeklyForm)
}


def window_form(kind: str, data: Any = None, rule: Mapping[str, Any] | None = None) -> WindowForm:
    """Return the form of a kind of window, filled from a rule of the same kind."""
    form = FORMS.get(kind, DaysForm)
    initial = dict(rule) if rule and rule.get("rule") == form.kind else {}
    return form(data, initial=initial, prefix="window")
