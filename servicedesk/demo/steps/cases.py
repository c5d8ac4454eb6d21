"""The month's cases: each opened when it came in, answered when it was, rated by whoever asked."""

import datetime as dt
import json
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from clients.models import ClientEnterprise
from servicedesk.cases.moving import answer, rate
from servicedesk.cases.opening import Question, open_case, subject_of
from servicedesk.models import Case, CaseCategory
from workers.models import Worker

from .base import Month, StepFailed, Tally


def take_cases(month: Month) -> Tally:
    """Take each case of 工单.json once. Raises `StepFailed` for a client, worker or category that does not exist."""
    sheet = month.file("工单.json")
    if sheet is None:
        return Tally(note="no cases in the folder")
    made = known = 0
    for data in json.loads(sheet.read_text(encoding="utf-8")):
        moment = dt.datetime.fromisoformat(data["received_at"])
        with month.on(moment.date(), hour=moment.hour, minute=moment.minute):
            question = _question(data)
            if Case.objects.filter(uuid=question.uuid).exists():
                known += 1
                continue
            case = open_case(question)
        _answer(month, case, data)
        made += 1
    return Tally(made, known)


def _question(data: dict[str, Any]) -> Question:
    number = data.get("employee_no")
    return Question(
        category=_one(CaseCategory, key=data["category"]),
        client=_one(ClientEnterprise, short_name=data["client"]),
        subject=subject_of(data["text"].split("，")[0]),
        text=data["text"],
        channel=data["channel"],
        worker=_one(Worker, employee_no=number) if number else None,
        uuid=uuid5(NAMESPACE_OID, f"{data['received_at']} {data['client']} {data['text']}"),
    )


def _answer(month: Month, case: Case, data: dict[str, Any]) -> None:
    if (given := data.get("answer")) is None:
        return
    moment = dt.datetime.fromisoformat(given["at"])
    with month.on(moment.date(), case.assignee, moment.hour, moment.minute):
        answer(case, given["text"], case.assignee, settles=given["settles"])
        if rating := data.get("rating"):
            rate(case, rating)


def _one(model: Any, **known: Any) -> Any:
    found = model.objects.filter(**known).first()
    if found is None:
        raise StepFailed(f"工单.json: there is no {model._meta.verbose_name} with {known}.")
    return found
