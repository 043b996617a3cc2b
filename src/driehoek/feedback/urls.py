from django.urls import path

from driehoek.feedback.views import answering, report, rounds

app_name = "feedback"
urlpatterns = [
    path("", rounds.index, name="index"),
    path("begin/", rounds.begin, name="begin"),
    path("<uuid:round_id>/take-back/", rounds.drop, name="drop"),
    path("<uuid:round_id>/people/", rounds.people, name="people"),
    path("<uuid:round_id>/people/<uuid:rater_id>/off/", rounds.take_off_list, name="take_off"),
    path("<uuid:round_id>/hand-over/", rounds.hand_over, name="hand_over"),
    path("<uuid:round_id>/check/", rounds.check, name="check"),
    path("<uuid:round_id>/check/<uuid:rater_id>/off/", rounds.strike, name="strike"),
    path("<uuid:round_id>/put-back/", rounds.give_back, name="put_back"),
    path("<uuid:round_id>/answer/", answering.answer_self, name="answer_self"),
    path("<uuid:round_id>/close/", rounds.close, name="close"),
    path("<uuid:round_id>/report/", report.report, name="report"),
    path("<uuid:round_id>/report/pdf/", report.report_pdf, name="report_pdf"),
]
rater_patterns = [
    path("answer/<int:number>/", answering.page, name="page"),
    path("thanks/", answering.thanks, name="thanks"),
    path("<str:token>/", answering.invitation, name="invitation"),
]
