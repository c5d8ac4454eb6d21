"""What runs by the clock. Each entry names a platform task that fans out to one job an agency."""

from celery.schedules import crontab

SCHEDULE: dict[str, dict] = {
    "plan-next-month": {
        "task": "servicedesk.workflow.plan_next_month",
        "schedule": crontab(minute="30", hour="5", day_of_month="25"),
    },
    "put-old-uploads-aside": {
        "task": "agency.uploads.sweep_all",
        "schedule": crontab(minute="45", hour="3"),
    },
    "close-overdue-exams": {"task": "training.exams.close_all", "schedule": crontab(minute="*/5")},
    "erase-candidates": {"task": "training.hiring.erase_all", "schedule": crontab(minute="15", hour="3")},
    "publish-payslips": {"task": "payroll.payslips.publish_all", "schedule": crontab(minute="*/5")},
    "look-after-cases": {"task": "servicedesk.cases.look_after_all", "schedule": crontab(minute="*/10")},
    "remind-of-tasks": {"task": "servicedesk.workflow.remind_all", "schedule": crontab(minute="30", hour="7")},
    "look-for-signs": {"task": "servicedesk.evidence.look_all", "schedule": crontab(minute="20", hour="1")},
    "score-this-month": {
        "task": "servicedesk.scoring.score_this_month",
        "schedule": crontab(minute="10", hour="2"),
    },
    "score-last-month": {
        "task": "servicedesk.scoring.score_last_month",
        "schedule": crontab(minute="40", hour="2", day_of_month="3-15"),
    },
}
