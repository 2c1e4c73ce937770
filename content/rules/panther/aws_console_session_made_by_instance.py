import re

# The session of an instance's role bears the instance's id.
INSTANCE_SESSION = re.compile(r":assumed-role/[^/]+/i-[0-9a-f]{8,17}$")

BUILD_ROLES = ("console-screenshots",)


def rule(event):
    if event.get("eventSource") != "signin.amazonaws.com" or event.get("eventName") != "GetSigninToken":
        return False
    if event.get("errorCode"):
        return False
    arn = event.deep_get("userIdentity", "arn", default="")
    # Machines that take pictures of the console for the handbook.
    if any(f":assumed-role/{role}/" in arn for role in BUILD_ROLES):
        return False
    return bool(INSTANCE_SESSION.search(arn))


def title(event):
    return f"Console session for {event.deep_get('userIdentity', 'arn', default='an unknown role')}"


def dedup(event):
    return event.deep_get("userIdentity", "arn", default="")
