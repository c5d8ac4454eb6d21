import datetime as dt
from datetime import date

from django.utils import timezone

from tests.isolation.row import Row
from tests.training.making import make_course, make_exam, make_question, make_session
from training.courses.attending import invite
from training.exams.sitting import start
from training.models import Exam, Session


def _course(c):
    return {"pk": make_course().pk}


def _session(c):
    held = Session.objects.filter(held_on=date(2026, 11, 20)).first()
    return held or make_session(c, [c.visitor])


def _session_pk(c):
    return {"pk": _session(c).pk}


def _attendance(c):
    session = _session(c)
    invite(session, [c.visitor])
    return {"pk": session.attendances.get(staff=c.visitor).pk}


def _exam(c):
    _attendance(c)
    now = timezone.now()
    values = {"opens_at": now - dt.timedelta(hours=1), "closes_at": now + dt.timedelta(hours=2)}
    return Exam.objects.first() or make_exam(_session(c), **values)


def _exam_pk(c):
    return {"pk": _exam(c).pk}


def _attempt(c):
    return {"pk": start(_exam(c), c.visitor).pk}


def _page(c):
    return {**_attempt(c), "number": 1}


def _question(c):
    return {"pk": make_question(make_course()).pk}


ROWS = {
    "training:courses": Row(),
    "training:mine": Row(),
    "training:course_list": Row(),
    "training:course_new": Row(),
    "training:course_edit": Row(args=_course),
    "training:session_new": Row(),
    "training:session": Row(args=_session_pk),
    "training:session_edit": Row(args=_session_pk),
    "training:attendance_mark": Row(args=_attendance, method="post", data=lambda c: {"state": "excused"}),
    "training:bank": Row(args=_course),
    "training:question_new": Row(args=_course),
    "training:question_edit": Row(args=_question),
    "training:question_retire": Row(args=_question, method="post"),
    "training:exam_new": Row(args=_session_pk),
    "training:exam_edit": Row(args=_exam_pk),
    "training:exam": Row(args=_exam_pk),
    "training:exam_start": Row(args=_exam_pk, method="post"),
    "training:sitting": Row(args=_page),
    "training:answer": Row(args=_page, method="post", data=lambda c: {"chosen": "a"}),
    "training:hand_in": Row(args=_attempt),
    "training:result": Row(args=_attempt),
}
