from django.urls import path

from driehoek.measures import views

app_name = "measures"
urlpatterns = [
    path("", views.index, name="index"),
    path("<uuid:criterion_id>/", views.enter, name="enter"),
    path("<uuid:criterion_id>/file/", views.upload, name="upload"),
    path("<uuid:criterion_id>/keys/", views.keys, name="keys"),
    path("<uuid:criterion_id>/keys/<uuid:key_id>/withdraw/", views.withdraw_key, name="withdraw_key"),
    path("<uuid:criterion_id>/checklist/", views.checklist, name="checklist"),
    path("<uuid:criterion_id>/checklist/write/", views.write_checklist, name="write_checklist"),
    path("<uuid:criterion_id>/strike/", views.strike, name="strike"),
    path("levels/<slug:moment>/", views.score, name="score"),
]

series_patterns = [path("", views.receive, name="receive")]
"""Where programs hand in a series; in `web.urls` apart from the pages of an engagement."""
