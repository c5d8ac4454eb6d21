"""Gathers the models of the app's rooms."""

from training.courses.models import Attendance, Course, Session
from training.exams.models import Answer, Attempt, Exam, ExamQuestion, Question
from training.hiring.models import Candidate, CandidatePrivate, Outcome, Rating

__all__ = [
    "Answer",
    "Attempt",
    "Attendance",
    "Candidate",
    "CandidatePrivate",
    "Course",
    "Exam",
    "ExamQuestion",
    "Outcome",
    "Question",
    "Rating",
    "Session",
]
