CONSOLE = "microsoft.portal/consoles/write"

# The name of a guest in the directory holds this mark.
GUEST_MARK = "#ext#"

NAME_CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"


def rule(event):
    if event.get("operationName", "").lower() != CONSOLE:
        return False
    if event.get("resultType") in ("Failure", "Failed"):
        return False
    name = event.deep_get("identity", "claims", NAME_CLAIM, default="")
    return GUEST_MARK in name.lower()


def title(event):
    return f"Guest opened Cloud Shell from {event.get('callerIpAddress', 'an unknown address')}"
