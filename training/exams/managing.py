"""Pages on which the trainer keeps the bank and sets exams."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import Text, edit
from agency.shell.toasts import toast
from training.courses.models import Course, Session
from training.exams.bank import retire, save_question
from training.exams.forms import ExamForm, QuestionForm
from training.exams.models import Exam, Question
from training.exams.setting import set_exam
from training.problems import TrainingError


@permit("training.course.manage")
def bank(request: StaffRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(visible(request.user, Course), pk=pk)
    questions = visible(request.user, Question).filter(course=course, is_active=True)
    return render(request, "training/exams/bank.html", {"course": course, "questions": questions})


@permit("training.course.manage")
def question_new(request: StaffRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(visible(request.user, Course), pk=pk)
    return _question(request, QuestionForm(request.POST or None, instance=Question(course=course)), _("New question"))


@permit("training.course.manage")
def question_edit(request: StaffRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(visible(request.user, Question).select_related("course"), pk=pk)
    return _question(request, QuestionForm(request.POST or None, instance=question), _("Change question"))


@permit("training.course.manage")
@require_POST
def question_retire(request: StaffRequest, pk: int) -> HttpResponse:
    question = get_object_or_404(visible(request.user, Question), pk=pk)
    retire(question, request.user)
    toast(request, str(_("Taken out of use. Past exams keep it.")))
    return redirect("training:bank", pk=question.course_id)


@permit("training.course.manage")
def exam_new(request: StaffRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(visible(request.user, Session).select_related("course"), pk=pk)
    blank = Exam(session=session, title=session.course.title)
    return _exam(request, ExamForm(request.POST or None, instance=blank), _("Set an exam"))


@permit("training.course.manage")
def exam_edit(request: StaffRequest, pk: int) -> HttpResponse:
    exam = get_object_or_404(visible(request.user, Exam).select_related("session__course"), pk=pk)
    return _exam(request, ExamForm(request.POST or None, instance=exam), _("Change exam"))


def _question(request: StaffRequest, form: QuestionForm, title: Text) -> HttpResponse:
    course = form.instance.course
    back = reverse("training:bank", kwargs={"pk": course.pk})

    def save(form: QuestionForm) -> str:
        save_question(form.save(commit=False), request.user)
        return back

    return edit(request, form, save, title=title, verb=_("Save"), done=_("Saved."), back=back, crumb=course.title)


def _exam(request: StaffRequest, form: ExamForm, title: Text) -> HttpResponse:
    session = form.instance.session
    back = reverse("training:session", kwargs={"pk": session.pk})

    def save(form: ExamForm) -> str:
        try:
            set_exam(form.save(commit=False), form.cleaned_data["questions"], request.user)
        except TrainingError as wrong:
            raise ValidationError(str(wrong)) from None
        return back

    return edit(
        request,
        form,
        save,
        title=title,
        verb=_("Set the exam"),
        done=_("The exam is set; everybody asked to the session is told."),
        back=back,
        crumb=session.course.title,
    )
