from django.urls import path

from . import views

urlpatterns = [
    path("forms/", views.form_list, name="forms"),
    path("forms/open/", views.form_open, name="form_open"),
    path("forms/<int:pk>/", views.form, name="form"),
    path("forms/<int:pk>/review/", views.form_review, name="form_review"),
]
