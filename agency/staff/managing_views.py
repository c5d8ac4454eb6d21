"""The administrator's pages about staff."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn

from . import managing
from .managing_forms import RolesForm, TakeOnForm
from .models import StaffMember


@permit("agency.staff.manage")
def staff_list(request: StaffRequest) -> HttpResponse:
    staff = StaffMember.objects.prefetch_related("roles").order_by("-is_active", "name_pinyin", "pk")
    return render(request, "agency/staff.html", {"staff": staff})


@permit("agency.staff.manage")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def staff_new(request: StaffRequest) -> HttpResponse:
    form = TakeOnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff, password = managing.take_on(**form.cleaned_data)
        except managing.StaffRefused as refusal:
            form.add_error(None, _("Somebody signs in with %(known)s already. Give another.") % {"known": refusal})
        else:
            return render(request, "agency/staff_password.html", {"person": staff, "password": password})
    return render(request, "agency/staff_form.html", {"form": form}, status=422 if form.is_bound else 200)


@permit("agency.staff.manage")
@require_http_methods(["GET", "POST"])
def staff_edit(request: StaffRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(StaffMember.objects.all(), pk=pk)
    form = RolesForm(request.POST or None, initial={"roles": sorted(person.role_names)})
    if request.method == "POST" and form.is_valid():
        try:
            managing.set_roles(person, form.cleaned_data["roles"])
        except managing.StaffRefused:
            form.add_error("roles", _("The agency needs an administrator. Make somebody else one first."))
        else:
            toast(request, _("The roles of %(name)s are changed.") % {"name": person.name})
            return redirect("agency:staff")
    context = {"form": form, "person": person}
    return render(request, "agency/staff_edit.html", context, status=422 if form.is_bound else 200)


@permit("agency.staff.manage")
@require_POST
def staff_password(request: StaffRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(StaffMember.objects.all(), pk=pk)
    password = managing.reset_password(person)
    return render(request, "agency/staff_password.html", {"person": person, "password": password})


@permit("agency.staff.manage")
@require_POST
def staff_leaving(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a person go, or take them back when they had gone."""
    person = get_object_or_404(StaffMember.objects.all(), pk=pk)
    if not person.is_active:
        managing.take_back(person)
        toast(request, _("%(name)s may sign in again.") % {"name": person.name})
        return redirect("agency:staff")
    try:
        managing.let_go(person)
    except managing.StaffRefused:
        warn(request, _("The agency needs an administrator. Make somebody else one first."))
    else:
        toast(request, _("%(name)s can no longer sign in.") % {"name": person.name})
    return redirect("agency:staff")
