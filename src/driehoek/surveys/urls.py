from django.urls import path

from driehoek.surveys.views import answering, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.index, name="index"),
    path("begin/", surveys.begin, name="begin"),
    path("<uuid:survey_id>/", surveys.show, name="show"),
    path("<uuid:survey_id>/close/", surveys.close, name="close"),
]
answer_patterns = [
    path("thanks/", answering.thanks, name="thanks"),
    path("<str:token>/", answering.answer, name="answer"),
]
