from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/contacts/", views.contacts, name="contacts"),
    path("<int:pk>/contacts/new/", views.contact_new, name="contact_new"),
    path("contacts/<int:pk>/", views.contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/phone/", views.contact_phone, name="contact_phone"),
]
