from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agency.periods import Period
from agency.permissions import permit

from . import own_days
from .clock import calendar_for, provisional_note, today
from .forms import OwnDayForm
from .models import CalendarDay


@permit("agency.calendar.manage")
@require_http_methods(["GET", "POST"])
def own_day_list(request: HttpRequest) -> HttpResponse:
    """Show a year's holidays and the agency's own days, and add one."""
    form = OwnDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        own_days.set_day(data["date"], is_workday=data["is_workday"], name=data["name"])
        return redirect("agency:own_days")
    year = today().year
    calendar = calendar_for()
    special = [
        day
        for period in Period.span(Period(year, 1), Period(year + 1, 12))
        for day in calendar.days(period)
        if day.kind or day.own
    ]
    context = {
        "form": form,
        "own_days": CalendarDay.objects.filter(date__gte=Period(year, 1).first_day),
        "days": special,
        "note": provisional_note(Period(year + 1, 1)),
    }
    return render(request, "agency/calendar/own_days.html", context, status=422 if form.errors else 200)


@permit("agency.calendar.manage")
@require_POST
def own_day_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own day back."""
    own_days.clear_day(get_object_or_404(CalendarDay, pk=pk))
    return redirect("agency:own_days")
