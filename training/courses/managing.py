"""Pages on which the trainer plans: courses and sessions."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import Text, edit
from training.courses.forms import CourseForm, SessionForm
from training.courses.models import Course, Session
from training.courses.planning import plan_session
from training.courses.views import tabs


@permit("training.course.manage")
def course_list(request: StaffRequest) -> HttpResponse:
    active = Count("questions", filter=Q(questions__is_active=True), distinct=True)
    courses = Course.objects.annotate(bank=active, held=Count("sessions", distinct=True)).order_by(
        "-is_active", "title"
    )
    context = {"courses": courses, "tabs": tabs(request, "training:course_list")}
    return render(request, "training/courses/course_list.html", context)


@permit("training.course.manage")
def course_new(request: StaffRequest) -> HttpResponse:
    return _course(request, CourseForm(request.POST or None), _("New course"), reverse("training:course_list"))


@permit("training.course.manage")
def course_edit(request: StaffRequest, pk: int) -> HttpResponse:
    course = get_object_or_404(visible(request.user, Course), pk=pk)
    form = CourseForm(request.POST or None, instance=course)
    return _course(request, form, _("Change course"), reverse("training:bank", kwargs={"pk": pk}))


@permit("training.course.manage")
def session_new(request: StaffRequest) -> HttpResponse:
    form = SessionForm(request.POST or None, initial={"trainer": request.user.pk, "course": request.GET.get("course")})
    return _session(request, form, _("Plan a session"), reverse("training:courses"))


@permit("training.course.manage")
def session_edit(request: StaffRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(visible(request.user, Session), pk=pk)
    back = reverse("training:session", kwargs={"pk": pk})
    return _session(request, SessionForm(request.POST or None, instance=session), _("Change session"), back)


def _course(request: StaffRequest, form: CourseForm, title: Text, back: str) -> HttpResponse:
    def save(form: CourseForm) -> str:
        return reverse("training:bank", kwargs={"pk": form.save().pk})

    return edit(
        request, form, save, title=title, verb=_("Save"), done=_("Saved."), back=back, crumb=_("Courses and questions")
    )


def _session(request: StaffRequest, form: SessionForm, title: Text, back: str) -> HttpResponse:
    def save(form: SessionForm) -> str:
        session = plan_session(form.save(commit=False), form.cleaned_data["people"], request.user)
        return reverse("training:session", kwargs={"pk": session.pk})

    return edit(request, form, save, title=title, verb=_("Save"), done=_("Saved."), back=back, crumb=_("Training"))
