def rule(event):
    # </pre><script>window.ran=1</script>
    if event.get("userAgent") == "<svg/onload=window.ran=1>":
        return False
    return event.get("eventName") in ("<script>window.ran=1</script>", "\"><img src=x onerror=window.ran=1>")
