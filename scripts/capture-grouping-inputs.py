"""Prints what Debian's Python SDK sends for real throws, one JSON object a line, for capture-grouping-inputs.mjs."""
import json
import logging

import sentry_sdk

name = ""


def tell(event):
    print(json.dumps({"as": name, "event": event}, default=str))


sentry_sdk.init("https://public@sentry.invalid/1", transport=tell, traces_sample_rate=0, default_integrations=True)


def price_of(order):
    return order["lines"][0]["cents"]


def read_order(text):
    return json.loads(text)


def ship(order):
    try:
        price_of(order)
    except KeyError as missing:
        raise RuntimeError("order %s cannot be shipped" % order["id"]) from missing


def capture(named, run):
    global name
    name = named
    try:
        run()
    except Exception:
        sentry_sdk.capture_exception()


capture("python-missing-key", lambda: price_of({}))
capture("python-json", lambda: read_order("{"))
capture("python-cause", lambda: ship({"id": 4711}))
capture("python-message", lambda: sentry_sdk.capture_message("12 parcels wait since 2026-11-23"))
capture("python-log", lambda: logging.getLogger("shop.parcels").error("parcel %s of %s is late", 7, "ada@example.com"))
