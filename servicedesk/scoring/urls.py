from django.urls import path

from . import views

urlpatterns = [
    path("my-score/", views.my_score, name="my_score"),
    path("scores/", views.scores, name="scores"),
    path("scores/computation/", views.score_run, name="score_run"),
    path("scores/rules/", views.scorecard, name="scorecard"),
    path("scores/<int:pk>/", views.score, name="score"),
    path("scores/lines/<int:pk>/", views.score_line, name="score_line"),
]
