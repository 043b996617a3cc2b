from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "driehoek.sessions"
    label = "coaching_sessions"  # plain "sessions" is taken by django.contrib.sessions
