"""`kata server`: the judge in the background, started and ended by hand, allowed and forbidden."""

from dojo.warm import client, consent


def server(what: str) -> str:
    """Do what was asked for (start, stop, off, on, status); returns what to say of it."""
    match what:
        case "start":
            number = client.start()
            return f"A warm judge listens (process {number}); `kata server stop` ends it."
        case "stop":
            return "Stopped." if client.stop() else "No judge was running in the background."
        case "off":
            ended = client.stop() if client.possible() else False
            consent.forbid()
            return f"{'Ended. ' if ended else ''}No judge starts by itself any more."
        case "on":
            consent.allow()
            return "From the next check at a terminal on, a judge waits in the background."
        case _:
            number = client.running()
            here = f"A warm judge listens (process {number})."
            by_itself = "" if consent.may_start() else " None starts by itself."
            return f"{here if number else 'No judge is running.'}{by_itself}"
