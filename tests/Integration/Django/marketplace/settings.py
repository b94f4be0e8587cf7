"""Settings of a small marketplace, on the database that MARKETPLACE_DATABASE names: a SQLite file, or postgresql://user:password@host:port/name."""
import os
from urllib.parse import parse_qs, unquote, urlsplit


def database(address):
    if not address.startswith("postgresql://"):
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": address, "OPTIONS": {"timeout": 15}}
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],
        "PORT": str(parts.port or ""),
    }


SECRET_KEY = "only for tests"
DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/Moscow"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop", "tg_bot"]
DATABASES = {"default": database(os.environ["MARKETPLACE_DATABASE"])}
HASHERS = ["PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "SHA1", "MD5", "UnsaltedSHA1", "UnsaltedMD5", "Crypt"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in HASHERS]
