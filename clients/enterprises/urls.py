from django.urls import path

from . import places, views

urlpatterns = [
    path("", views.clients, name="clients"),
    path("new/", views.client_new, name="client_new"),
    path("<int:pk>/", views.client, name="client"),
    path("<int:pk>/edit/", views.client_edit, name="client_edit"),
    path("<int:pk>/part/", views.client_part, name="client_part"),
    path("<int:pk>/places/", places.places, name="places"),
    path("<int:pk>/sites/new/", places.site_new, name="site_new"),
    path("sites/<int:pk>/", places.site_edit, name="site_edit"),
    path("<int:pk>/posts/new/", places.post_new, name="post_new"),
    path("posts/<int:pk>/", places.post_edit, name="post_edit"),
]
