"""Sends one of each kind of thing that Debian's python3-sentry-sdk can send, and prints what it sent. Argument: the name."""
import json
import os
import sys

import sentry_sdk
from sentry_sdk.sessions import auto_session_tracking

client = sys.argv[1]


def before_send(event, hint):
    return None if "to be dropped" in json.dumps(event.get("exception", {}), default=str) else event


sentry_sdk.init(
    dsn=os.environ["CLIENT_DSN"],
    release=client,
    environment="clients",
    traces_sample_rate=1.0,
    before_send=before_send,
)
sentry_sdk.set_tag("client", client)
sentry_sdk.set_user({"id": "u-" + client, "email": client + "@example.org"})
sent = {"client": client}


def capture(error):
    try:
        raise error
    except Exception as caught:
        return sentry_sdk.capture_exception(caught)


with auto_session_tracking(session_mode="application"):
    sentry_sdk.add_breadcrumb(message=client + " crumb", category="test")
    sent["error"] = capture(ValueError(client + " failed"))
sent["sessions"] = 1

sent["message"] = sentry_sdk.capture_message(client + " says hello")

try:
    try:
        raise RuntimeError("inner")
    except RuntimeError as inner:
        raise RuntimeError("outer") from inner
except RuntimeError as outer:
    sent["chained"] = sentry_sdk.capture_exception(outer)

with sentry_sdk.push_scope() as scope:
    notes = (client + " notes").encode()
    scope.add_attachment(bytes=notes, filename="notes.txt", content_type="text/plain")
    sent["attached"] = sentry_sdk.capture_message(client + " has notes")

with sentry_sdk.start_transaction(name=client + " work", op="task") as transaction:
    with sentry_sdk.start_span(op="part", description=client + " part"):
        pass
sent["trace"] = transaction.trace_id

capture(ValueError("to be dropped"))
sent["dropped"] = 1
sentry_sdk.Hub.current.client.close(timeout=5)
print(json.dumps(sent))
