"""Courses, exams and candidates for tests, as plain as they can be."""

import datetime as dt
from zoneinfo import ZoneInfo

from training.courses.attending import invite
from training.exams.models import Exam, ExamQuestion, Question
from training.hiring.entering import enter
from training.hiring.models import Candidate, CandidatePrivate
from training.models import Course, Session

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)
KEYS = ("comprehension", "execution", "resilience", "learning", "service")


def at(hour: int, minute: int = 0, day: int = 23) -> dt.datetime:
    """A moment of November 2026 by the agency's clocks."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def make_course(title: str = "工资与工时") -> Course:
    return Course.objects.get_or_create(title=title, defaults={"goal": "会算加班费，能讲给员工听。"})[0]


def make_session(company, people=(), *, held_on=dt.date(2026, 11, 20), course=None) -> Session:
    session = Session.objects.create(
        course=course or make_course(), held_on=held_on, place="总部二楼", trainer=company.trainer
    )
    invite(session, people)
    return session


def make_question(course: Course, kind: str = "single", right=("a",), points: int = 5, **values) -> Question:
    defaults = {
        "topic": "调休",
        "text": "调休上班的周日，工资怎么算？",
        "options": [{"key": key, "text": f"选项 {key}"} for key in "abcd"],
        "explanation": "调休的周日是工作日。",
    }
    return Question.objects.create(course=course, kind=kind, right=list(right), points=points, **defaults | values)


def make_exam(session: Session, questions=None, **values) -> Exam:
    defaults = {"title": "11月考试", "minutes": 30, "opens_at": at(9), "closes_at": at(18)}
    exam = Exam.objects.create(session=session, **{**defaults, **values})
    if questions is None:
        questions = [make_question(session.course), make_question(session.course, "multiple", ("a", "b"))]
    ExamQuestion.objects.bulk_create([ExamQuestion(exam=exam, question=question) for question in questions])
    return exam


def make_candidate(company, raters=None, *, by=None, gender="female", education="bachelor", **values) -> Candidate:
    private = CandidatePrivate(name="顾晓", phone="13812345678", major="园艺", gender=gender)
    candidate = Candidate(education=education, applied_on=dt.date(2026, 11, 10), **values)
    return enter(candidate, private, raters or [company.manager, company.reviewer], by or company.trainer)


def scores(*values: int) -> dict[str, int]:
    """Five ratings in the order of the competences; one value stands for all five."""
    return dict(zip(KEYS, values * 5 if len(values) == 1 else values, strict=False))
