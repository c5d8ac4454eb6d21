"""Make the month's plans: one for each specialist and client, from the standard procedure and the assignments."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from agency.audit import record
from agency.calendar import calendar_for
from agency.models import StaffMember
from agency.periods import Period
from clients.models import Assignment, ClientEnterprise, Site
from servicedesk.workflow.drafting import ClientMonth, wanted_tasks
from servicedesk.workflow.plan_models import MonthPlan
from servicedesk.workflow.procedure import procedure_for, requirements
from servicedesk.workflow.reconciling import reconcile
from servicedesk.workflow.template_models import StepAdaptation, WorkflowTemplate
from servicedesk.workflow.window_rules import Facts
from workers.models import Placement


def generate_plans(period: Period, staff: StaffMember | None = None) -> list[MonthPlan]:
    """Make or bring up to date the plans of a month; return them, or those of one specialist.

    Safe to run again: what is done stays as it is. After a hand-over the open routine moves to whoever is in charge on
    its last day, and talks are clipped to the days each serves. With `staff`, only the clients this person serves in
    the month are looked at. Raises `ProcedureError` when no standard procedure holds in the month.
    """
    template = procedure_for(period)
    # One run at a time in an agency: a second one waits here and then finds everything made.
    WorkflowTemplate.objects.select_for_update().get(pk=template.pk)
    steps = list(template.steps.all())
    requires = requirements(steps)
    made = 0
    for client, month in _months(period, staff):
        wanted = wanted_tasks(month, steps, requires)
        made += reconcile(client, period, template, {a.staff_id for a in month.assignments}, wanted)
    if made:
        record("workflow.plans.generated", subject=template, period=str(period), tasks=made)
    plans = MonthPlan.objects.of_period(period).select_related("client", "staff")
    return list(plans.filter(staff=staff) if staff else plans)


def _months(period: Period, staff: StaffMember | None) -> Iterable[tuple[ClientEnterprise, ClientMonth]]:
    """Yield what the month of each served client depends on, in six queries however many clients there are."""
    by_client: dict[ClientEnterprise, list[Assignment]] = defaultdict(list)
    served = Assignment.objects.valid_in(period).exclude(client__ended_on__lt=period.first_day)
    if staff:
        served = served.filter(client__in=Assignment.objects.valid_in(period).filter(staff=staff).values("client"))
    for assignment in served.select_related("client").order_by("client_id", "valid_from", "pk"):
        by_client[assignment.client].append(assignment)
    workers = _counts(Placement.objects.valid_in(period).filter(client__in=by_client))
    dormitories = _counts(Site.objects.filter(client__in=by_client, kind=Site.Kind.DORMITORY, is_active=True))
    adaptations: dict[int, dict[int, StepAdaptation]] = defaultdict(dict)
    for row in StepAdaptation.objects.filter(client__in=by_client):
        adaptations[row.client_id][row.step_id] = row
    calendar = calendar_for()
    for client, assignments in by_client.items():
        yield (
            client,
            ClientMonth(
                period=period,
                facts=Facts(calendar, client.pay_day, client.city),
                assignments=assignments,
                workers=workers.get(client.pk, 0),
                dormitories=dormitories.get(client.pk, 0),
                adaptations=adaptations[client.pk],
            ),
        )


def _counts(rows: QuerySet) -> dict[int, int]:
    return dict(rows.order_by().values_list("client").annotate(Count("pk")))
