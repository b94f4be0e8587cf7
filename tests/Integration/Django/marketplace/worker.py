"""Runs Django scripts for the tests: each line of standard input is a script in JSON, each line of standard output what it left in `answer`."""
import json
import os
import sys
import traceback

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402
from django.core.management import call_command  # noqa: E402

from shop.models import Shop, Warehouse  # noqa: E402
from tg_bot.models import TelegramUser  # noqa: E402

names = {"Group": Group, "User": User, "Shop": Shop, "Warehouse": Warehouse, "TelegramUser": TelegramUser, "call_command": call_command}
for line in sys.stdin:
    names["answer"] = None
    try:
        exec(json.loads(line), names)
        reply = {"answer": names["answer"]}
    except Exception:
        reply = {"failure": traceback.format_exc()}
    print(json.dumps(reply, default=str), flush=True)
