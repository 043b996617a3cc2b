"""Pages of the leader's tools."""

from django.urls import path

from driehoek.toolkit import views

app_name = "toolkit"

question_patterns = [path("", views.questions, name="bank")]

urlpatterns = [path("", views.style, name="style")]
