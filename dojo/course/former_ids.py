"""The ids by which the first version recorded progress, and the katas that they meant.

Frozen: a number may move to another kata later, what an old log meant stays. Knows nothing else.
"""

COURSE = "training-loop"
"""The pack that old logs are about: the course that comes with this program."""

FORMER_IDS = {
    "1.1.1": "mse-loss",
    "1.1.2": "one-update",
    "1.1.3": "record-then-step",
    "1.1.4": "legal-order",
    "1.1.5": "first-nn-loop",
    "1.2.1": "linear-data",
    "1.2.2": "mse-grads-by-hand",
    "1.2.3": "descend-the-line",
    "1.2.4": "two-features",
    "1.2.5": "lr-regimes",
    "1.2.6": "autograd-line",
    "1.5.1": "central-difference",
    "1.5.2": "relative-error",
    "1.5.3": "grade-a-gradient",
    "1.5.4": "step-size-curve",
    "1.5.5": "kink-guard",
    "1.5.6": "three-way-agreement",
    "2.1.1": "two-moons",
    "2.1.2": "linear-classifier",
    "2.1.3": "mlp-module",
    "2.1.4": "collapse-linear-stack",
    "2.1.5": "boundary-grid",
    "2.1.6": "moons-showdown",
    "2.2.1": "linear-backward",
    "2.2.2": "activation-backward",
    "2.2.3": "xor-by-hand",
    "2.2.4": "stable-bce",
    "2.2.5": "two-layer-backprop",
    "2.2.6": "tiny-autograd",
    "2.3.1": "leaf-parameters",
    "2.3.2": "mlp-forward",
    "2.3.3": "manual-step",
    "2.3.4": "fit-the-sine",
    "2.3.5": "stop-below",
    "2.3.6": "no-autograd-mlp",
    "2.4.1": "stable-activations",
    "2.4.2": "same-activation-everywhere",
    "2.4.3": "dead-units",
    "2.4.4": "saturation",
    "2.4.5": "output-head",
    "2.4.6": "relu-interpolator",
}
