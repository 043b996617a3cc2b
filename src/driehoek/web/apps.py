from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "driehoek.web"
