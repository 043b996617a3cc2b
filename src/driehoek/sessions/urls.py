from django.urls import path

from driehoek.sessions import views

app_name = "sessions"
urlpatterns = [
    path("", views.index, name="index"),
    path("plan/", views.plan, name="plan"),
    path("add/", views.add, name="add"),
    path("calendar/", views.calendar, name="calendar"),
    path("<int:number>/", views.show, name="show"),
    path("<int:number>/move/", views.move, name="move"),
    path("<int:number>/cancel/", views.cancel, name="cancel"),
    path("<int:number>/waive/", views.waive, name="waive"),
    path("<int:number>/prepare/", views.prepare, name="prepare"),
    path("<int:number>/talk/", views.talk, name="talk"),
    path("<int:number>/note/", views.note, name="note"),
    path("<int:number>/keep/", views.keep, name="keep"),
    path("<int:number>/keep/question/", views.keep_question, name="keep_question"),
    path("<int:number>/keep/own/", views.keep_own, name="keep_own"),
    path("<int:number>/keep/reflection/", views.keep_reflection, name="keep_reflection"),
    path("<int:number>/own-notes/", views.own_notes, name="own_notes"),
    path("<int:number>/close/", views.close, name="close"),
    path("<int:number>/reflect/", views.reflect, name="reflect"),
    path("<int:number>/reflection/", views.reflection, name="reflection"),
]
