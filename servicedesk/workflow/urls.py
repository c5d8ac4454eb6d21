from django.urls import path

from . import change_views, feed_views, review_views, task_views, views
from .editor import step_views
from .editor import views as editor

urlpatterns = [
    path("today/", views.today_view, name="today"),
    path("plan/", views.plan, name="plan"),
    path("plan/submission/", views.plan_submit, name="plan_submit"),
    path("plan/generation/", views.plan_generate, name="plan_generate"),
    path("plan/calendar/", feed_views.calendar_link, name="calendar_link"),
    path("plan/calendar/address/", feed_views.calendar_link_make, name="calendar_link_make"),
    path("plan/calendar/withdrawal/", feed_views.calendar_link_drop, name="calendar_link_drop"),
    path("feeds/<str:token>.ics", feed_views.calendar_feed_file, name="calendar_feed"),
    path("plan/reviews/", review_views.plan_reviews, name="plan_reviews"),
    path("plan/reviews/<int:pk>/approval/", review_views.plan_approve, name="plan_approve"),
    path("plan/reviews/<int:pk>/return/", review_views.plan_return, name="plan_return"),
    path("procedure/", views.procedure, name="procedure"),
    path("procedure/versions/<int:pk>/", editor.version, name="procedure_version"),
    path("procedure/versions/<int:pk>/preview/", editor.version_preview, name="procedure_preview"),
    path("procedure/draft/", editor.draft, name="procedure_draft"),
    path("procedure/draft/beginning/", editor.draft_begin, name="procedure_draft_begin"),
    path("procedure/draft/discard/", editor.draft_discard, name="procedure_draft_discard"),
    path("procedure/draft/publication/", editor.draft_publish, name="procedure_publish"),
    path("procedure/draft/steps/new/", step_views.step_new, name="step_new"),
    path("procedure/draft/steps/window/", step_views.step_window, name="step_window"),
    path("procedure/draft/steps/<int:pk>/", step_views.step_edit, name="step_edit"),
    path("procedure/draft/steps/<int:pk>/move/", step_views.step_move, name="step_move"),
    path("procedure/draft/steps/<int:pk>/removal/", step_views.step_remove, name="step_remove"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/new/", task_views.task_new, name="task_new"),
    path("tasks/<int:pk>/", task_views.task, name="task"),
    path("tasks/<int:pk>/closing/", task_views.task_close, name="task_close"),
    path("tasks/<int:pk>/reopening/", task_views.task_reopen, name="task_reopen"),
    path("tasks/<int:pk>/skipping/", task_views.task_skip, name="task_skip"),
    path("tasks/<int:pk>/taking-up/", task_views.task_take_up, name="task_take_up"),
    path("tasks/<int:pk>/days/", change_views.task_move, name="task_move"),
    path("tasks/<int:pk>/leaving-out/", change_views.task_leave_out, name="task_leave_out"),
    path("plan/changes/<int:pk>/decision/", change_views.change_decide, name="change_decide"),
    path("tasks/files/<int:pk>/", task_views.task_file, name="task_file"),
]
