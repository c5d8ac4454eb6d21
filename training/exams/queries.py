"""What the pages of exams show."""

import datetime as dt
import string
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from agency.models import StaffMember
from training.courses.models import Session
from training.exams.marking import is_right
from training.exams.models import Answer, Attempt, Exam, Question
from training.exams.results import best_of


@dataclass(frozen=True)
class Option:
    key: str
    letter: str
    text: str
    is_chosen: bool
    is_right: bool


@dataclass(frozen=True)
class Page:
    """One question as it stands on one person's paper."""

    number: int
    question: Question
    options: list[Option]
    is_flagged: bool
    points: int

    @property
    def is_answered(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def is_wrong(self) -> bool:
        chosen = [option.key for option in self.options if option.is_chosen]
        return not is_right(self.question.right, chosen)

    @property
    def worth_showing(self) -> list[Option]:
        """The options to look at afterwards: the chosen and the right ones."""
        return [option for option in self.options if option.is_chosen or option.is_right]


def exams_for(staff: StaffMember) -> QuerySet[Exam]:
    """Return the exams a person is asked to, with session and course."""
    rows = Exam.objects.filter(session__attendances__staff=staff)
    return rows.select_related("session__course").order_by("closes_at", "pk")


def exams_to_sit(staff: StaffMember, now: dt.datetime) -> list[Exam]:
    """Return the open exams in which a person has an attempt left or running, those that close first first."""
    own = Prefetch("attempts", Attempt.objects.filter(staff=staff), to_attr="own")
    exams = exams_for(staff).filter(opens_at__lte=now, closes_at__gt=now).prefetch_related(own)
    return [e for e in exams if len(e.own) < e.attempts_allowed or any(a.is_running for a in e.own)]


def pages_of(attempt: Attempt) -> list[Page]:
    """Return the paper with the answers as they stand, in two queries."""
    questions = Question.objects.in_bulk([page["question"] for page in attempt.paper])
    answers = {answer.question_id: answer for answer in Answer.objects.filter(attempt=attempt)}
    return [
        _page(number, questions[page["question"]], page["options"], answers.get(page["question"]))
        for number, page in enumerate(attempt.paper, start=1)
    ]


def _page(number: int, question: Question, order: list[str], answer: Answer | None) -> Page:
    texts = {option["key"]: option["text"] for option in question.options}
    chosen = set(answer.chosen) if answer else set()
    options = [
        Option(key, letter, texts[key], key in chosen, key in question.right)
        for letter, key in zip(string.ascii_uppercase, order, strict=False)
    ]
    return Page(number, question, options, bool(answer and answer.is_flagged), (answer.points or 0) if answer else 0)


@dataclass(frozen=True)
class Standing:
    """How one person stands in an exam: attempts begun, the one that counts, the weakest topic."""

    staff: StaffMember
    begun: int
    best: Attempt | None
    running: bool
    weakest: str


def standings(exam: Exam) -> list[Standing]:
    """Return everybody asked to an exam, best first, those who have not begun last."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in exam.attempts.select_related("exam"):
        attempts[attempt.staff_id].append(attempt)
    closed = {staff: [attempt for attempt in own if not attempt.is_running] for staff, own in attempts.items()}
    best = {staff: best_of(own) for staff, own in closed.items() if own}
    weakest = _weakest_topics(best.values())
    rows = []
    for asked in exam.session.attendances.select_related("staff"):
        own, counts = attempts[asked.staff_id], best.get(asked.staff_id)
        topic = weakest.get(counts.pk, "") if counts else ""
        rows.append(Standing(asked.staff, len(own), counts, any(a.is_running for a in own), topic))
    return sorted(rows, key=lambda row: -row.best.percent if row.best else 1)


def _weakest_topics(attempts: Iterable[Attempt]) -> dict[int, str]:
    wrong: dict[int, Counter] = defaultdict(Counter)
    for attempt, topic in _wrong_answers(attempts, "topic"):
        wrong[attempt][topic] += 1
    return {attempt: topics.most_common(1)[0][0] for attempt, topics in wrong.items()}


def hardest(attempts: list[Attempt], most: int = 4) -> list[tuple[str, int]]:
    """Return the questions most often not wholly right, with the per cent of papers, rounded down."""
    counts = Counter(text for _attempt, text in _wrong_answers(attempts, "text"))
    return [(text, count * 100 // len(attempts)) for text, count in counts.most_common(most)]


def _wrong_answers(attempts: Iterable[Attempt], field: str) -> list[tuple[int, str]]:
    attempts = list(attempts)
    chosen = {
        (answer.attempt_id, answer.question_id): answer.chosen
        for answer in Answer.objects.filter(attempt__in=[attempt.pk for attempt in attempts])
    }
    ids = {page["question"] for attempt in attempts for page in attempt.paper}
    questions = Question.objects.in_bulk(ids)
    return [
        (attempt.pk, getattr(questions[page["question"]], field))
        for attempt in attempts
        for page in attempt.paper
        if not is_right(questions[page["question"]].right, chosen.get((attempt.pk, page["question"]), []))
    ]


def exam_of(session: Session) -> Exam | None:
    """Return the session's exam; of several the one that closes last."""
    return session.exams.order_by("-closes_at", "-pk").first()


@dataclass(frozen=True)
class OwnResult:
    """One exam as the person sees it in their list."""

    exam: Exam
    best: Attempt


def results_of(staff: StaffMember, most: int = 24) -> list[OwnResult]:
    """Return a person's exams that are handed in, the latest first, each with the attempt that counts."""
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    closed = Attempt.objects.closed().filter(staff=staff).select_related("exam__session__course")
    for attempt in closed.order_by("-submitted_at"):
        attempts[attempt.exam_id].append(attempt)
    return [OwnResult(own[0].exam, best_of(own)) for own in list(attempts.values())[:most]]
