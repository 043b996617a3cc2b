from django.urls import path

from driehoek.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("history/", views.history, name="history"),
    path("<uuid:action_id>/", views.change, name="change"),
]
report_patterns = [path("<str:token>/", views.report, name="report")]
