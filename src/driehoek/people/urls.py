from django.urls import path

from driehoek.people.views import first, letters, lost, me, members, signing_in, wordings

app_name = "people"
urlpatterns = [
    path("profile/", me.profile, name="profile"),
    path("profile/letters/", letters.letters, name="letters"),
    path("letters/stop/<str:token>/", letters.stop_letters, name="stop_letters"),
    path("organisation/", members.organisation, name="organisation"),
    path("organisation/<uuid:organisation_id>/letters/", wordings.wordings, name="wordings"),
    path(
        "organisation/<uuid:organisation_id>/letters/<slug:letter>/<slug:language>/",
        wordings.wording,
        name="wording",
    ),
    path(
        "organisation/<uuid:organisation_id>/letters/<slug:letter>/<slug:language>/reset/",
        wordings.reset_wording,
        name="reset_wording",
    ),
    path("installation/mail/", lost.lost_letters, name="lost_letters"),
    path("installation/mail/<uuid:letter_id>/again/", lost.try_again, name="try_letter_again"),
    path("installation/mail/<uuid:letter_id>/let-go/", lost.let_go, name="let_letter_go"),
    path("organisation/<uuid:organisation_id>/", members.members, name="members"),
    path(
        "organisation/<uuid:organisation_id>/members/<uuid:member_id>/administration/",
        members.take_administration,
        name="take_administration",
    ),
    path("first/<str:token>/", first.first_administrator, name="first_administrator"),
]

# Names without a room: allauth and the layout ask for these. Other pages of allauth are not routed.
shared = [
    path("sign-in/", signing_in.ask_address, name="account_login"),
    path("sign-in/", signing_in.ask_address, name="account_request_login_code"),
    path("sign-in/code/", signing_in.TypeCode.as_view(), name="account_confirm_login_code"),
    path("sign-out/", signing_in.sign_out, name="account_logout"),
    path("language/", me.set_language, name="set_language"),
    path("theme/", me.set_theme, name="set_theme"),
]
