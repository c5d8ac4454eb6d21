"""The trial calculator: figures in, the way to the answer out; nothing is stored."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agency.calendar import today
from agency.periods import Period
from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from payroll.policies.validity import PolicyError
from payroll.refusals import Refused

from .explaining import Explained, explain_bonus, explain_service, explain_severance
from .forms import BonusForm, ServiceForm, SeveranceForm, TrialForm, WageForm
from .wages import explain_wages


@dataclass(frozen=True)
class Calculator:
    """One tab: its form and what answers it."""

    label: Promise
    form: type[TrialForm]
    explain: Callable[[dict[str, Any], dt.date], Explained]


CALCULATORS = {
    "wages": Calculator(gettext_lazy("Wages"), WageForm, lambda given, day: explain_wages(given)),
    "bonus": Calculator(gettext_lazy("Yearly bonus"), BonusForm, lambda given, day: explain_bonus(given)),
    "severance": Calculator(gettext_lazy("Severance"), SeveranceForm, explain_severance),
    "service": Calculator(gettext_lazy("Pay for services"), ServiceForm, explain_service),
}


@permit("payroll.trial.use")
@require_GET
def trial(request: StaffRequest) -> HttpResponse:
    """Show one calculator with its answer; without figures of one's own, with sensible ones."""
    kind = request.GET.get("kind", "wages")
    kind = kind if kind in CALCULATORS else "wages"
    calculator = CALCULATORS[kind]
    asked = any(name in request.GET for name in calculator.form.base_fields)
    sensible = calculator.form.sensible(Period.of(today()))
    form = calculator.form(request.GET if asked else _as_typed(calculator.form(initial=sensible)))
    explained = _explain(calculator, form)
    choices = [(name, each.label) for name, each in CALCULATORS.items()]
    context = {"form": form, "kind": kind, "choices": choices, "explained": explained}
    return render(request, "payroll/trial/trial.html", context, status=200 if explained else 422)


def _explain(calculator: Calculator, form: TrialForm) -> Explained | None:
    if not form.is_valid():
        return None
    try:
        return calculator.explain(form.cleaned_data, today())
    except PolicyError:
        form.add_error(None, _("Nothing is known for that month or year yet. Choose a later month or another city."))
    except Refused as refused:
        form.add_error(None, str(refused))
    return None


def _as_typed(form: TrialForm) -> dict[str, Any]:
    """Return the initial figures as a browser would send them."""
    return {bound.html_name: form.fields[bound.name].prepare_value(bound.initial) for bound in form}
