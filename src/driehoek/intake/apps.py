from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "driehoek.intake"
