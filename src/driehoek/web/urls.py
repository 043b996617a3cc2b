"""Where every page lives."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from driehoek.feedback.urls import rater_patterns
from driehoek.intake.urls import route_patterns
from driehoek.measures.urls import series_patterns
from driehoek.people import urls as people
from driehoek.plans.urls import report_patterns
from driehoek.surveys.urls import answer_patterns
from driehoek.toolkit.urls import question_patterns
from driehoek.web.views import as_seen, brief, demo, engagement, errors, health, kept, style, today, verify

IN = "engagements/<uuid:engagement_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.front, name="front"),
    path("today/", today.today, name="today"),
    path("kept/<uuid:kept_id>/", kept.kept, name="kept"),
    path("style/", style.style, name="style"),
    path("robots.txt", health.robots, name="robots"),
    path("", include(people.shared)),
    path("", include("driehoek.people.urls")),
    path("", include("driehoek.engagements.urls")),
    path(f"{IN}agreement/", include("driehoek.agreements.urls")),
    path("route/", include((route_patterns, "route"))),
    path("progress/", include((report_patterns, "progress"))),
    path("feedback/", include((rater_patterns, "rater"))),
    path("api/series/", include((series_patterns, "series"))),
    path("survey/", include((answer_patterns, "survey"))),
    path("calendar/", include("driehoek.calendars.urls")),
    path("booking/", include("driehoek.availability.urls")),
    path("verify/", verify.verify, name="verify"),
    path("experiments/", include("driehoek.experiments.urls")),
    path("steer-or-coach/", include("driehoek.toolkit.urls")),
    path("questions/", include((question_patterns, "questions"))),
    path(f"{IN}intake/", include("driehoek.intake.urls")),
    path(f"{IN}plan/", include("driehoek.plans.urls")),
    path(f"{IN}messages/", include("driehoek.messages.urls")),
    path(f"{IN}files/", include("driehoek.files.urls")),
    path(f"{IN}feedback/", include("driehoek.feedback.urls")),
    path(f"{IN}aids/", include("driehoek.aids.urls")),
    path(f"{IN}sessions/<int:number>/brief/", brief.brief, name="brief"),
    path(f"{IN}sessions/", include("driehoek.sessions.urls")),
    path(f"{IN}book/", include("driehoek.booking.urls")),
    path(f"{IN}measurements/", include("driehoek.measures.urls")),
    path(f"{IN}surveys/", include("driehoek.surveys.urls")),
    path(f"{IN}reviews/", include("driehoek.reviews.urls")),
    path(f"{IN}results/", include("driehoek.results.urls")),
    path(f"{IN}phases/", include("driehoek.blended.urls")),
    path(f"{IN}seen-by/<slug:receiver>/<slug:stage>/", as_seen.as_seen, name="as_seen"),
    path(IN, engagement.show, name="engagement"),
]

demo_patterns: list[URLPattern | URLResolver] = [
    path("demo/mail/", demo.mail, name="demo_mail"),
    path("demo/as/<uuid:person_id>/", demo.step_in, name="demo_step_in"),
]
if settings.DEMO:  # anywhere else these pages do not even exist
    urlpatterns += demo_patterns

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
