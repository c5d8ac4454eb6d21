"""Gathers the URLs of the app's rooms."""

from django.urls import path

from agency import palette
from agency.audit import views as audit
from agency.calendar.urls import urlpatterns as calendar
from agency.health import views as health
from agency.notifications.urls import urlpatterns as notifications
from agency.progress.urls import urlpatterns as progress
from agency.shell import views as shell
from agency.staff import absence_views as away
from agency.staff import managing_views as managing
from agency.staff import views as staff

app_name = "agency"

urlpatterns = [
    path("", staff.home, name="home"),
    path("sign-in/", staff.sign_in, name="sign_in"),
    path("sign-in/code/", staff.second_factor, name="second_factor"),
    path("sign-out/", staff.sign_out, name="sign_out"),
    path("account/", staff.account, name="account"),
    path("account/password/", staff.password, name="password"),
    path("account/second-factor/", staff.totp_setup, name="totp_setup"),
    path("account/second-factor/off/", staff.totp_disable, name="totp_disable"),
    path("search/", palette.search, name="search"),
    path("theme/", shell.theme, name="theme"),
    path("design/", shell.design, name="design"),
    path("design/detail/", shell.design_detail, name="design_detail"),
    path("absences/", away.absences, name="absences"),
    path("absences/new/", away.absence_new, name="absence_new"),
    path("absences/<int:pk>/end/", away.absence_end, name="absence_end"),
    path("staff/", managing.staff_list, name="staff"),
    path("staff/new/", managing.staff_new, name="staff_new"),
    path("staff/<int:pk>/", managing.staff_edit, name="staff_edit"),
    path("staff/<int:pk>/password/", managing.staff_password, name="staff_password"),
    path("staff/<int:pk>/leaving/", managing.staff_leaving, name="staff_leaving"),
    path("audit/", audit.audit_log, name="audit"),
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    *calendar,
    *notifications,
    *progress,
]
