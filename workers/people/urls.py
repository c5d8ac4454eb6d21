from django.urls import path

from . import numbers, views

urlpatterns = [
    path("", views.workers, name="workers"),
    path("new/", views.worker_new, name="worker_new"),
    path("of-client/<int:pk>/", views.of_client, name="of_client"),
    path("<int:pk>/", views.worker, name="worker"),
    path("<int:pk>/edit/", views.worker_edit, name="worker_edit"),
    path("<int:pk>/identity-number/", numbers.identity_number, name="identity_number"),
    path("<int:pk>/phone/", numbers.phone, name="phone"),
    path("<int:pk>/accounts/new/", numbers.account_new, name="account_new"),
    path("accounts/<int:pk>/number/", numbers.account_number, name="account_number"),
]
