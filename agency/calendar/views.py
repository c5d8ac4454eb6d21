from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agency.periods import Period
from agency.permissions import permit

from . import own_days
from .clock import calendar_for, provisional_note, today
from .forms import OwnDayForm
from .models import CalendarDay

MONTHS_SHOWN = 13


@permit("agency.calendar.manage")
@require_http_methods(["GET", "POST"])
def own_day_list(request: HttpRequest) -> HttpResponse:
    """Show the coming year's holidays and the agency's own days, and add one."""
    form = OwnDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        own_days.set_day(data["date"], is_workday=data["is_workday"], name=data["name"])
        return redirect("agency:own_days")
    now = Period.of(today())
    context = {
        "form": form,
        "own_days": CalendarDay.objects.filter(date__gte=now.first_day),
        "stretches": list(calendar_for().special_days(now, now + MONTHS_SHOWN)),
        "note": provisional_note(now + MONTHS_SHOWN),
    }
    return render(request, "agency/calendar/own_days.html", context, status=422 if form.errors else 200)


@permit("agency.calendar.manage")
@require_POST
def own_day_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own day back."""
    own_days.clear_day(get_object_or_404(CalendarDay, pk=pk))
    return redirect("agency:own_days")
