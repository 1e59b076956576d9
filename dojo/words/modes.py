"""torch's global switches that an answer left changed, in plain words."""

_LEFT = {
    "gradients": "gradient recording was left switched {state}",
    "dtype": "the default dtype was left at {state}",
    "inference": "inference mode was left on",
    "functions": "a mode that intercepts torch functions was left open",
}
_OTHER = "one of torch's global switches was left changed"


def explain_mode(switch: str, state: str, shown: str) -> str:
    """What was left changed, and what that does.

    Args:
        switch: its name in `dojo.learner.modes`; who reports it may be hostile.
        state: in which it was left.
        shown: the name of the function that ran; empty for the file.

    >>> explain_mode("dtype", "torch.float16", "fit")[:62]
    'After `fit` had run, the default dtype was left at torch.float'
    """
    where = f"`{shown}`" if shown else "your file"
    left = _LEFT.get(switch, _OTHER).format(state=state[:100])
    return f"After {where} had run, {left}: that changes what all later code computes."
