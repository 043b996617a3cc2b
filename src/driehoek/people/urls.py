from django.urls import path

from driehoek.people.views import first, me, members, signing_in

app_name = "people"
urlpatterns = [
    path("profile/", me.profile, name="profile"),
    path("organisation/", members.organisation, name="organisation"),
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
