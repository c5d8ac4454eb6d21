"""What the system knows of a specialist's month, to spare them the counting."""

from django.db.models import Sum

from agency.calendar import today
from agency.periods import Period
from agency.staff.models import StaffMember
from clients.models import Assignment, ClientEnterprise
from servicedesk.communication.models import CommunicationLog, LogPerson
from servicedesk.workflow.models import Task
from workers.models import Placement


def facts(staff: StaffMember, client: ClientEnterprise | None, period: Period) -> dict[str, int]:
    """Count a month of one specialist, at one client or at all they served in it.

    Workers count who were placed on the last day (or today in a running month); joined and left by placement dates.
    """
    served = Assignment.objects.valid_in(period).filter(staff=staff).values("client")
    clients = (
        ClientEnterprise.objects.filter(pk=client.pk) if client else ClientEnterprise.objects.filter(pk__in=served)
    )
    placements = Placement.objects.filter(client__in=clients.values("pk"))
    talks = CommunicationLog.objects.of_period(period).filter(staff=staff, client__in=clients.values("pk"))
    people = LogPerson.objects.filter(log__in=talks.values("pk"))
    tasks = Task.objects.filter(staff=staff, period=str(period), client__in=clients.values("pk"))
    return {
        "clients": clients.count(),
        "headcount": placements.valid_on(min(period.last_day, today())).count(),
        "joined": placements.filter(valid_from__gte=period.first_day, valid_from__lt=period.end).count(),
        "left": placements.filter(valid_to__gte=period.first_day, valid_to__lt=period.end).count(),
        "talks": talks.count(),
        "workers_talked": people.exclude(worker=None).values("worker").distinct().count(),
        "contacts_met": people.exclude(contact=None).values("contact").distinct().count(),
        "talk_minutes": talks.aggregate(sum=Sum("minutes"))["sum"] or 0,
        "tasks_late": tasks.late_on(today()).count(),
    }
