"""What runs by the clock. Each entry names a platform task that fans out to one job an agency."""

from celery.schedules import crontab  # noqa: F401

SCHEDULE: dict[str, dict] = {}
