from django.db import models
from shop.models import Shop


class TelegramUser(models.Model):
    class Role(models.TextChoices):
        ADMIN = "AD", "Admin"
        SELLER = "SE", "Seller"

    chat_id = models.PositiveIntegerField(unique=True)
    first_name = models.CharField(max_length=255)
    last_name = models.CharField(max_length=255, blank=True)
    username = models.CharField(max_length=255, blank=True)
    role = models.CharField(max_length=2, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    is_banned = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_logged_out = models.BooleanField(default=False)
    shops = models.ManyToManyField(Shop, blank=True)
