#!/usr/bin/env python3
"""Writes vectors.json: passwords hashed by a real Django, and wrong passwords that this Django refuses.

On Debian 12, in this folder:
    apt-get install python3-django python3-argon2 python3-bcrypt
    /usr/bin/python3 make_vectors.py

Django gets its scrypt format in 4.0, Debian 12 has 3.2: those hashes are made by Python's hashlib.scrypt, which Django calls.
"""
import base64
import hashlib
import json
import pathlib
import warnings

import django
from django.conf import settings

warnings.filterwarnings("ignore", category=DeprecationWarning)
NAMES = ["PBKDF2", "PBKDF2SHA1", "Argon2", "BCryptSHA256", "BCrypt", "SHA1", "MD5", "UnsaltedSHA1", "UnsaltedMD5", "Crypt"]
settings.configure(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}PasswordHasher" for name in NAMES])
django.setup()

from django.contrib.auth import hashers  # noqa: E402

PASSWORDS = ["letmein", " ", "пароль 🔑", "a$b$c", "x" * 71 + "й", "ß" * 100, "p" * 600]
OUTDATED = {"SHA1": "salt", "MD5": "salt", "UnsaltedSHA1": "", "UnsaltedMD5": "", "Crypt": "ab"}


def wrong_for(password, bytes_read):
    candidates = [password + "!", "!" + password, password.swapcase() + "?", "", "letmein\0x"]
    read = password.encode()[:bytes_read]
    return [c for c in candidates if c.encode()[:bytes_read] != read]


def hasher(name, **costs):
    made = getattr(hashers, name + "PasswordHasher")()
    for cost, value in costs.items():
        setattr(made, cost, value)
    return made


def argon2_of_kind(kind, version, salt, password):
    from argon2.low_level import Type, hash_secret
    made = hash_secret(password.encode(), salt.encode(), time_cost=3, memory_cost=512, parallelism=2, hash_len=24, type=Type[kind], version=version)
    return "argon2" + made.decode()


def scrypt(password, salt, n, r, p):
    made = hashlib.scrypt(password.encode(), salt=salt.encode(), n=n, r=r, p=p, maxmem=1 << 28, dklen=64)
    return f"scrypt${n}${salt}${r}${p}${base64.b64encode(made).decode()}"


def vectors():
    for name in NAMES[:5]:
        yield name, "as Django makes it today", "letmein", hashers.make_password("letmein", hasher=hasher(name)), None
    for password in PASSWORDS:
        yield "PBKDF2", "few iterations", password, hasher("PBKDF2").encode(password, "соль🧂", 7), None
        yield "PBKDF2SHA1", "few iterations", password, hasher("PBKDF2SHA1").encode(password, "seasalt", 7), None
        yield "Argon2", "small", password, hasher("Argon2", memory_cost=64, time_cost=1).encode(password, "salt$with$dollars"), None
        bcrypt = hasher("BCrypt", rounds=4)
        yield "BCrypt", "cheap", password, bcrypt.encode(password, bcrypt.salt()), 72
        digested = hasher("BCryptSHA256", rounds=4)
        yield "BCryptSHA256", "cheap", password, digested.encode(password, digested.salt()), None
        yield "scrypt", "small", password, scrypt(password, "соль", 16, 8, 1), None
        for name, salt in OUTDATED.items():
            if name == "Crypt" and len(password.encode()) > 511:
                continue  # libxcrypt refuses it.
            yield name, "outdated", password, hasher(name).encode(password, salt), 8 if name == "Crypt" else None
    for prefix in (b"$2a$", b"$2y$"):
        salt = prefix + hasher("BCrypt", rounds=4).salt()[4:]
        yield "BCrypt", prefix.decode(), "\u00ff\u00a3" * 40, hasher("BCrypt").encode("\u00ff\u00a3" * 40, salt), 72
    for kind in ("I", "D", "ID"):
        yield "Argon2", f"{kind} of version 19", "пароль", argon2_of_kind(kind, 19, "seasalt1", "пароль"), None
    yield "Argon2", "I of version 16", "пароль", argon2_of_kind("I", 16, "seasalt1", "пароль"), None
    yield "scrypt", "Django 4.0 to 5.0", "letmein", scrypt("letmein", "seasalt", 1 << 14, 8, 1), None
    yield "scrypt", "Django 5.1", "letmein", scrypt("letmein", "seasalt2", 1 << 14, 8, 5), None
    yield "MD5", "empty salt", "letmein", "md5$$" + hasher("UnsaltedMD5").encode("letmein", ""), None


def checked(password, encoded):
    if not encoded.startswith("scrypt$"):
        return hashers.check_password(password, encoded)
    _, n, salt, r, p, _ = encoded.split("$")
    return scrypt(password, salt, int(n), int(r), int(p)) == encoded


def main():
    rows = []
    for hasher_name, what, password, encoded, bytes_read in vectors():
        wrong = [w for w in wrong_for(password, bytes_read) if "\0" not in w or hasher_name not in ("BCrypt", "Crypt")]
        assert checked(password, encoded) and not any(checked(w, encoded) for w in wrong), encoded
        assert len(encoded) <= 128, encoded
        rows.append({"hasher": hasher_name, "what": what, "password": password, "encoded": encoded, "wrong": wrong, "isOutdated": hasher_name in OUTDATED})
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    pathlib.Path(__file__).with_name("vectors.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


main()
