from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/agreements/", views.agreements, name="agreements"),
    path("<int:pk>/agreements/new/", views.agreement_new, name="agreement_new"),
    path("agreements/<int:pk>/", views.agreement_edit, name="agreement_edit"),
]
