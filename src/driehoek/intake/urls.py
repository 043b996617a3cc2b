"""Pages of the route choice, and of the time before the agreement."""

from django.urls import path

from driehoek.intake.views import acquaintance, estimate, questions, route

app_name = "intake"

route_patterns = [
    path("", route.begin, name="begin"),
    path("<int:number>/", route.question, name="question"),
    path("result/", route.result, name="result"),
    path("start/", route.start, name="start"),
]

urlpatterns = [
    path("acquaintance/", acquaintance.acquaintance, name="acquaintance"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:number>/", questions.question, name="question"),
    path("questions/show/", questions.show, name="show"),
    path("waiting/", questions.waiting, name="waiting"),
    path("compare/", questions.compare, name="compare"),
    path("estimate/", estimate.estimate, name="estimate"),
]
