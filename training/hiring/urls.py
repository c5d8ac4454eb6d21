from django.urls import path

from . import views

urlpatterns = [
    path("candidates/", views.candidates, name="candidates"),
    path("candidates/new/", views.candidate_new, name="candidate_new"),
    path("candidates/<int:pk>/", views.candidate, name="candidate"),
    path("candidates/<int:pk>/third/", views.rater_third, name="rater_third"),
    path("candidates/<int:pk>/phone/", views.candidate_phone, name="candidate_phone"),
    path("candidates/fairness/", views.fairness, name="fairness"),
    path("candidates/ratings/<int:pk>/", views.rate, name="rate"),
    path("candidates/ratings/<int:pk>/change/", views.rater_change, name="rater_change"),
]
