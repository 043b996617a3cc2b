from django.urls import path

from driehoek.blended import views

app_name = "blended"
urlpatterns = [
    path("", views.timeline, name="timeline"),
    path("plan/", views.plan, name="plan"),
    path("change-agents/", views.agents, name="agents"),
    path("change-agents/add/", views.add_agent, name="add_agent"),
    path("change-agents/<uuid:agent_id>/", views.change_agent, name="change_agent"),
    path("change-agents/<uuid:agent_id>/take-off/", views.take_off_agent, name="take_off_agent"),
    path("<str:phase>/begin/", views.begin, name="begin"),
]
