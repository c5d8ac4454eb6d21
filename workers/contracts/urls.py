from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/contracts/new/", views.contract_new, name="contract_new"),
    path("contracts/<int:pk>/end/", views.contract_end, name="contract_end"),
]
