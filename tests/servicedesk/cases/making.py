"""Make cases in a test: `asked(c)` is a question of the company's worker, to `c.specialist`."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from servicedesk.cases.installing import install_default_categories
from servicedesk.cases.opening import Question, open_case
from servicedesk.models import Case, CaseCategory
from tests.cast import Company

SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Wednesday.
NOW = dt.datetime(2026, 10, 21, 10, 0, tzinfo=SHANGHAI)


def category(key: str) -> CaseCategory:
    install_default_categories()
    return CaseCategory.objects.get(key=key)


def question(company: Company, key: str = "wages", **changes: Any) -> Question:
    given: dict[str, Any] = {
        "category": category(key),
        "client": company.client,
        "subject": "周末加班少算 8 小时",
        "text": "9月20日 调休上班没算双倍。考勤表上有打卡。",
        "channel": Case.Channel.LINK,
        "worker": company.worker,
    }
    return Question(**{**given, **changes})


def asked(company: Company, key: str = "wages", by: Any = None, **changes: Any) -> Case:
    return open_case(question(company, key, **changes), by)


def complaint(company: Company, **changes: Any) -> Case:
    """A worker complains of the specialist who serves the client."""
    return asked(company, "about_staff", subject="专员骂人", **changes)
