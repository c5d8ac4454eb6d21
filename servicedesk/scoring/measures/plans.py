"""The month's plan, handed in for approval by its n-th workday; waiting for head office costs nothing."""

from django.utils.translation import gettext_lazy as _

from agency.calendar import calendar_for
from agency.calendar.clock import time_zone
from servicedesk.models import MonthPlan
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure


@measure(
    "plan_in_time",
    says=_("%(in_time)d of %(counted)d plans were handed in by workday %(workday)d."),
    absent=_("No plan was due yet."),
    raises=_("%(missing)d more plans handed in in time"),
)
def plan_in_time(subject: Subject) -> Measured | None:
    last = calendar_for().nth_workday(subject.period, subject.params["workday"])
    zone = time_zone()
    plans = MonthPlan.objects.of_period(subject.period).filter(staff=subject.staff).select_related("client")
    in_time, late = 0, []
    for plan in plans:
        handed_in = plan.submitted_at if plan.state != MonthPlan.State.DRAFT else None
        if handed_in is not None and handed_in.astimezone(zone).date() <= last:
            in_time += 1
        elif handed_in is not None or subject.today > last:
            late.append(plan)
    counted = in_time + len(late)
    if not counted:
        return None
    query = {"staff": str(subject.staff.pk), "month": str(subject.period)}
    return Measured(
        numerator=in_time,
        denominator=counted,
        trials=counted,
        facts={"in_time": in_time, "counted": counted, "workday": subject.params["workday"]},
        evidence=[
            Evidence("servicedesk:plan", query=query, label=plan.client.short_name, day=str(last), state="late")
            for plan in late
        ],
    )
