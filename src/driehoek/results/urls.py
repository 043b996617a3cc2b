from django.urls import path

from driehoek.results import views

app_name = "results"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin_closing, name="begin_closing"),
    path("reports/", views.reports, name="reports"),
    path("reports/coachee/", views.coachee_report, name="coachee_report"),
    path("reports/coach/", views.coach_report, name="coach_report"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/add/", views.add, name="add"),
    path("ledger/<uuid:result_id>/", views.mark, name="mark"),
    path("ledger/<uuid:result_id>/remove/", views.remove, name="remove"),
    path("deliverables/", views.deliverables, name="deliverables"),
    path("deliverables/<uuid:deliverable_id>/hand-over/", views.hand_over, name="hand_over"),
    path("deliverables/<uuid:deliverable_id>/judge/", views.judge, name="judge"),
    path("release/", views.release, name="release"),
    path("release/preview/", views.preview, name="preview"),
    path("received/", views.received, name="received"),
    path("received/<uuid:release_id>/", views.released, name="released"),
    path("received/<uuid:release_id>/pdf/", views.released_pdf, name="released_pdf"),
    path("received/<uuid:release_id>/withdraw/", views.withdraw, name="withdraw"),
    path("talk/", views.talk, name="talk"),
    path("close/", views.close, name="close"),
    path("stop-or-pause/", views.stop_or_pause, name="stop_or_pause"),
    path("pause/", views.pause, name="pause"),
    path("resume/", views.resume, name="resume"),
    path("stop/", views.stop, name="stop"),
    path("stop/take-back/", views.take_back, name="take_back"),
    path("end/", views.end, name="end"),
]
