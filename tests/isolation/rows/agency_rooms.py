from datetime import date

from agency.models import BackgroundJob, CalendarDay, Notification
from tests.isolation.row import Row


def own_day(company):
    day, _created = CalendarDay.objects.get_or_create(date=date(2026, 10, 24), defaults={"is_workday": True})
    return {"pk": day.pk}


def notification(company):
    told = Notification.objects.create(staff=company.visitor, kind="test.told", title="退回 1 条")
    return {"pk": told.pk}


def job(company):
    key = f"test:{BackgroundJob.objects.count()}"
    return {"pk": BackgroundJob.objects.create(kind="test", title="算薪", key=key, started_by=company.visitor).pk}


ROWS = {
    "agency:own_days": Row(),
    "agency:own_day_clear": Row(own_day, method="post"),
    "agency:notifications": Row(),
    "agency:bell": Row(),
    "agency:notifications_read": Row(method="post"),
    "agency:notification_open": Row(notification, method="post"),
    "agency:jobs": Row(),
    "agency:job": Row(job),
    "agency:job_cancel": Row(job, method="post"),
    "agency:job_repeat": Row(job, method="post"),
}
