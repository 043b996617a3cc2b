from django.urls import path

from driehoek.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("<uuid:action_id>/", views.change, name="change"),
]
