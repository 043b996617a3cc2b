from django.apps import AppConfig


class BlendedConfig(AppConfig):
    name = "driehoek.blended"
