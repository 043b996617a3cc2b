"""Pages of the leader's tools."""

from django.urls import path

from driehoek.toolkit import views

app_name = "toolkit"

urlpatterns = [path("", views.style, name="style")]
