"""The month's training: a session, who came, an exam, and how each sat it."""

import datetime as dt
import json
from typing import Any

from agency.permissions import Role
from agency.staff.models import StaffMember
from training.courses.attending import mark
from training.courses.planning import plan_session
from training.exams.bank import save_question
from training.exams.closing import submit
from training.exams.setting import set_exam
from training.exams.sitting import save_answer, start
from training.models import Attempt, Course, Exam, Question, Session

from ..clock import SHANGHAI
from .base import Month, Tally
from .talks import read_csv

LETTERS = "abcdefgh"


def hold(month: Month) -> Tally:
    """Hold the session of 培训.json and let everybody of 考试答卷.csv sit its exam."""
    plan, sheet = month.file("培训.json"), month.file("考试答卷.csv")
    if plan is None or sheet is None:
        return Tally(note="no training in the folder")
    data = json.loads(plan.read_text(encoding="utf-8"))
    day = dt.date.fromisoformat(data["held_on"])
    trainer = month.holders(Role.TRAINER)[0]
    with month.on(day - dt.timedelta(days=5), trainer):
        exam, questions = _exam(data, day, trainer, month.specialists)
    with month.on(day, trainer, hour=16):
        for attendance in exam.session.attendances.filter(state="invited").select_related("staff"):
            mark(attendance, data["attendance"].get(attendance.staff.name, "excused"), trainer)
    people = {staff.name: staff for staff in month.specialists}
    made = known = 0
    for row in read_csv(sheet):
        with month.on(day, people[row["姓名"]], hour=20):
            if Attempt.objects.filter(exam=exam, staff=people[row["姓名"]]).exists():
                known += 1
                continue
            _sit(exam, people[row["姓名"]], questions, row)
            made += 1
    return Tally(made, known)


def _exam(
    data: dict[str, Any], day: dt.date, trainer: StaffMember, people: list[StaffMember]
) -> tuple[Exam, list[Question]]:
    course, _created = Course.objects.get_or_create(
        title=data["course"], defaults={"goal": data["goal"], "form": data["form"]}
    )
    session = Session.objects.filter(course=course, held_on=day).first() or plan_session(
        Session(course=course, held_on=day, place=data["place"], trainer=trainer), people, trainer
    )
    texts = [question["text"] for question in data["questions"]]
    if not Question.objects.filter(course=course).exists():
        for question in data["questions"]:
            save_question(_question(course, question), trainer)
    by_text = {question.text: question for question in Question.objects.filter(course=course)}
    questions = [by_text[text] for text in texts]
    exam = session.exams.first()
    if exam is None:
        about = data["exam"]
        exam = Exam(
            session=session,
            title=about["title"],
            minutes=about["minutes"],
            pass_percent=about["pass_percent"],
            opens_at=_at(about["opens"], 9),
            closes_at=_at(about["closes"], 21),
        )
        exam = set_exam(exam, questions, trainer)
    return exam, questions


def _at(day: str, hour: int) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), SHANGHAI)


def _question(course: Course, data: dict[str, Any]) -> Question:
    options = [{"key": key, "text": text} for key, text in zip(LETTERS, data["options"], strict=False)]
    return Question(
        course=course,
        kind=data["kind"],
        text=data["text"],
        options=options,
        right=list(data["right"].lower()),
        explanation=data["explanation"],
    )


def _sit(exam: Exam, staff: StaffMember, questions: list[Question], row: dict[str, str]) -> None:
    attempt = start(exam, staff)
    for number, question in enumerate(questions, 1):
        save_answer(attempt, question.pk, list(row[f"第{number}题"].lower()))
    submit(attempt)
