from django.urls import path

from . import managing, views

urlpatterns = [
    path("courses/<int:pk>/questions/", managing.bank, name="bank"),
    path("courses/<int:pk>/questions/new/", managing.question_new, name="question_new"),
    path("questions/<int:pk>/", managing.question_edit, name="question_edit"),
    path("questions/<int:pk>/retire/", managing.question_retire, name="question_retire"),
    path("sessions/<int:pk>/exam/", managing.exam_new, name="exam_new"),
    path("exams/<int:pk>/edit/", managing.exam_edit, name="exam_edit"),
    path("exams/<int:pk>/", views.exam, name="exam"),
    path("exams/<int:pk>/start/", views.exam_start, name="exam_start"),
    path("attempts/<int:pk>/<int:number>/", views.sitting, name="sitting"),
    path("attempts/<int:pk>/<int:number>/answer/", views.answer, name="answer"),
    path("attempts/<int:pk>/hand-in/", views.hand_in, name="hand_in"),
    path("attempts/<int:pk>/result/", views.result, name="result"),
]
