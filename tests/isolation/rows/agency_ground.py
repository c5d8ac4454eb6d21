import datetime as dt

from agency.models import StaffAbsence
from tests.isolation.row import Row


def absence(company):
    """An absence of whoever visits, of the specialist where they have none."""
    away = company.visitor if company.visitor and company.visitor.can("agency.absence.record") else company.specialist
    day = dt.date(2026, 12, 1)
    deputy = company.colleague if away != company.colleague else company.specialist
    rest = {"deputy": deputy, "recorded_by": away, "valid_to": day + dt.timedelta(days=1)}
    made, _new = StaffAbsence.objects.get_or_create(staff=away, valid_from=day, defaults=rest)
    return {"pk": made.pk}


ROWS = {
    "agency:home": Row(),
    "agency:sign_in": Row(public=True),
    "agency:second_factor": Row(public=True),
    "agency:sign_out": Row(method="post", public=True),
    "agency:theme": Row(method="post", public=True),
    "agency:design": Row(public=True),
    "agency:design_detail": Row(public=True),
    "agency:account": Row(),
    "agency:password": Row(),
    "agency:totp_setup": Row(),
    "agency:totp_disable": Row(method="post", data=lambda c: {"code": "000000"}),
    "agency:absences": Row(),
    "agency:absence_new": Row(),
    "agency:absence_end": Row(absence, method="post"),
    "agency:staff": Row(),
    "agency:staff_new": Row(),
    "agency:staff_edit": Row(args=lambda c: {"pk": c.colleague.pk}),
    "agency:staff_password": Row(args=lambda c: {"pk": c.colleague.pk}, method="post"),
    "agency:staff_leaving": Row(args=lambda c: {"pk": c.colleague.pk}, method="post"),
    "agency:audit": Row(),
    "agency:health_live": Row(public=True),
    "agency:health_ready": Row(public=True),
    "set_language": Row(method="post", data=lambda c: {"language": "en"}, public=True),
}
