"""Sign in, sign out, the second factor, and where each person's day begins."""

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agency.audit import record
from agency.permissions import can, public, signed_in
from agency.tenancy.context import tenant

from . import totp
from .forms import CodeForm, SignInForm
from .lockout import codes_locked, count_wrong_code, forget_wrong_codes
from .models import StaffMember, TotpDevice

BACKEND = "agency.staff.backends.PhoneOrEmailBackend"
PENDING = "second_factor_for"

# Where a person's day begins: the first of these they may see.
STARTS = [
    ("workflow.today.view", "servicedesk:today"),
    ("dashboards.team.view", "servicedesk:dashboard"),
    ("payroll.run.view", "payroll:runs"),
    ("training.course.manage", "training:courses"),
    ("agency.staff.manage", "agency:staff"),
]


@public
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("agency:home")
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        staff = form.staff
        assert staff is not None
        with tenant(staff.agency_id):
            needs_code = totp.is_required(staff)
        if needs_code:
            request.session[PENDING] = [staff.pk, staff.agency_id]
            return redirect(f"{reverse('agency:second_factor')}?next={request.GET.get('next', '')}")
        login(request, staff, backend=BACKEND)
        return redirect(_next(request))
    return render(request, "agency/sign_in.html", {"form": form}, status=200 if request.method == "GET" else 422)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    pending = request.session.get(PENDING)
    if not pending:
        return redirect("agency:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pk, agency_id = pending
        if codes_locked(pk):
            return locked_out(request)
        with tenant(agency_id):
            device = TotpDevice.objects.select_related("staff").filter(staff_id=pk).first()
            good = device is not None and totp.check_code(device, form.cleaned_data["code"])
        if good and device is not None:
            del request.session[PENDING]
            forget_wrong_codes(pk)
            login(request, device.staff, backend=BACKEND)
            return redirect(_next(request))
        count_wrong_code(pk)
        form.add_error("code", _("This code is wrong or was used already. Wait for the next one."))
    return render(request, "agency/second_factor.html", {"form": form}, status=200 if request.method == "GET" else 422)


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("agency:sign_in")


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Send the person to where their day begins."""
    for permission, name in STARTS:
        if can(request.user, permission):
            try:
                return redirect(name)
            except NoReverseMatch:
                continue
    return redirect("agency:account")


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, language, second factor."""
    staff = _staff(request)
    device = TotpDevice.objects.filter(staff=staff).first()
    context: dict[str, Any] = {"staff": staff, "device": device if device and device.confirmed_at else None}
    return render(request, "agency/account.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def totp_setup(request: HttpRequest) -> HttpResponse:
    staff = _staff(request)
    device = TotpDevice.objects.filter(staff=staff, confirmed_at=None).first() or (
        None if totp.is_required(staff) else totp.enrol(staff)
    )
    if device is None:
        return redirect("agency:account")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if totp.confirm(device, form.cleaned_data["code"]):
            messages.success(request, _("From now on signing in also asks for a code."))
            return redirect("agency:account")
        form.add_error("code", _("This code is wrong or was used already. Wait for the next one."))
    uri = totp.provisioning_uri(device, "Zhudian")
    context = {
        "form": form,
        "secret": device.secret,
        "qr": segno.make(uri, micro=False).svg_data_uri(scale=5),
    }
    return render(request, "agency/totp_setup.html", context, status=200 if request.method == "GET" else 422)


@signed_in
@require_POST
def totp_disable(request: HttpRequest) -> HttpResponse:
    """Switch the second factor off; asks for a code once more."""
    staff, form = _staff(request), CodeForm(request.POST)
    device = TotpDevice.objects.filter(staff=staff, confirmed_at__isnull=False).first()
    if device and form.is_valid() and totp.check_code(device, form.cleaned_data["code"]):
        totp.disable(staff)
        messages.success(request, _("The second factor is off."))
    else:
        messages.error(request, _("This code is wrong or was used already. Wait for the next one."))
    return redirect("agency:account")


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password; other sessions of the person end."""
    staff = _staff(request)
    form = PasswordChangeForm(staff, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, staff)
        record("staff.password.changed", subject=staff)
        messages.success(request, _("Your new password is in force."))
        return redirect("agency:account")
    return render(request, "agency/password.html", {"form": form}, status=422 if form.is_bound else 200)


def locked_out(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer the sixth try within 15 minutes."""
    return render(request, "agency/locked_out.html", status=429)


def _staff(request: HttpRequest) -> StaffMember:
    assert isinstance(request.user, StaffMember)
    return request.user


def _next(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if target and safe else reverse("agency:home")
