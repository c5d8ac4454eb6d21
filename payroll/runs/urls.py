from django.urls import path

from . import bonus_views, check_views, import_views, preview_views, step_views, views

urlpatterns = [
    path("", views.runs, name="runs"),
    path("runs/new/", views.run_open, name="run_open"),
    path("runs/template/", import_views.run_template, name="run_template"),
    path("runs/<int:pk>/template/", import_views.run_sheet, name="run_sheet"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/import/", import_views.run_import, name="run_import"),
    path("runs/<int:pk>/import/commit/", preview_views.run_import_commit, name="run_import_commit"),
    path("runs/<int:pk>/paste/", preview_views.run_paste, name="run_paste"),
    path("runs/<int:pk>/import/<str:token>/", import_views.run_import_marked, name="run_import_marked"),
    path("runs/<int:pk>/checks/", check_views.run_checks, name="run_checks"),
    path("limits/<int:pk>/", check_views.limit, name="limit"),
    path("runs/<int:pk>/bonus/", bonus_views.run_bonus, name="run_bonus"),
    path("runs/<int:pk>/computation/", step_views.run_compute, name="run_compute"),
    path("runs/<int:pk>/submission/", step_views.run_submit, name="run_submit"),
    path("runs/<int:pk>/approval/", step_views.run_approve, name="run_approve"),
    path("runs/<int:pk>/return/", step_views.run_return, name="run_return"),
    path("runs/<int:pk>/publication/", step_views.run_publish, name="run_publish"),
    path("runs/<int:pk>/archive/", step_views.run_archive, name="run_archive"),
]
