"""What a card may forbid (`forbids = [...]`), each with all that the engine knows of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ban:
    """Something of torch's that a kata may want written by hand.

    Attributes:
        asks: what the task says of it.
        found: what a learner reads who used it all the same.
        calls: names of functions and classes that are looked for in the text of an answer.
        homes: the modules in which these names stand.
        traps: what is trapped while an answer runs: functions by name, wherever torch keeps one of
            that name, and classes by their path. For autograd there is a trap of its own.
    """

    asks: str
    found: str
    calls: tuple[str, ...]
    homes: tuple[str, ...]
    traps: tuple[str, ...] = ()


BANS: dict[str, Ban] = {
    "autograd": Ban(
        asks="autograd: no `backward()`, no `torch.autograd`; find the gradient yourself",
        found="This kata does without torch's autograd, but it was used (backward(), grad() or a "
        "relative of theirs).",
        calls=(
            *("backward", "grad", "vjp", "jvp", "jacobian", "hessian", "jacrev", "jacfwd"),
            *("value_and_grad", "run_backward", "grad_and_value"),
        ),
        homes=("torch.autograd", "torch.func", "autograd", "functorch"),
    ),
    "optim": Ban(
        asks="`torch.optim`: write the update yourself",
        found="This kata wants the update written by hand, but a torch.optim optimizer was used.",
        calls=(
            *("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "NAdam"),
            *("RAdam", "LBFGS", "Rprop"),
        ),
        homes=("torch.optim", "optim"),
        traps=("torch.optim.Optimizer",),
    ),
    "nn": Ban(
        asks="`torch.nn`: build it from plain tensors",
        found="This kata wants the layers written by hand, but a torch.nn module was used.",
        calls=("Linear", "Sequential", "Module", "MSELoss", "BCELoss", "BCEWithLogitsLoss"),
        homes=("torch.nn", "nn"),
        traps=("torch.nn.Module",),
    ),
    "activations": Ban(
        asks="torch's own activations (relu, sigmoid, tanh, softmax): write the formula",
        found="This kata wants the activation written by hand, but one of torch's own was used "
        "(relu, sigmoid, tanh, softmax or a relative of theirs).",
        # Functions only: a method of this name may be the learner's own, and the trap sees it.
        calls=("relu", "sigmoid", "tanh", "softmax", "log_softmax", "logsigmoid", "softplus"),
        homes=("torch",),
        # Modules such as nn.ReLU call these.
        traps=(
            *("relu", "relu_", "relu6", "leaky_relu", "leaky_relu_", "prelu", "rrelu"),
            *("threshold", "sigmoid", "sigmoid_", "logsigmoid", "hardsigmoid", "expit"),
            *("tanh", "tanh_", "hardtanh", "hardtanh_", "tanhshrink"),
            *("softmax", "log_softmax", "softmin", "gumbel_softmax", "softplus"),
            *("elu", "elu_", "selu", "celu", "gelu", "silu", "mish"),
        ),
    ),
    "losses": Ban(
        asks="torch's own loss functions: write the formula",
        found="This kata wants the loss written by hand, but one of torch's loss functions was "
        "used.",
        calls=(
            *("mse_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits"),
            *("cross_entropy", "MSELoss", "BCELoss", "BCEWithLogitsLoss", "CrossEntropyLoss"),
        ),
        homes=("torch.nn",),
        traps=(
            *("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "gaussian_nll_loss"),
            *("binary_cross_entropy", "binary_cross_entropy_with_logits", "soft_margin_loss"),
            *("cross_entropy", "nll_loss", "kl_div"),
        ),
    ),
}
