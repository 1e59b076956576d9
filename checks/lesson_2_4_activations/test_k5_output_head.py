"""2.4.5: a table of six heads, field by field; most wrong entries have a name of their own."""

from dojo.suite.vocabulary import Learner, ModuleType, require, values

Named = dict[bool | str, str]

CLASSES = ("MSELoss", "BCELoss", "BCEWithLogitsLoss", "NLLLoss", "CrossEntropyLoss")
NUMBER: Named = {
    **dict.fromkeys(CLASSES[1:], "class-loss-for-numbers"),
    True: "activation-for-numbers",
}
PROBABILITY: Named = {"MSELoss": "mse-for-classes", False: "logits-as-probabilities"}
YES_OR_NO: Named = PROBABILITY | {"BCELoss": "bce-wants-probabilities"}
ONE_OF_MANY: Named = {
    "MSELoss": "mse-for-classes",
    "NLLLoss": "nll-wants-logarithms",
    "BCELoss": "bce-for-one-of-many",
    "BCEWithLogitsLoss": "bce-for-one-of-many",
}
# For each task: wrong outputs, losses and truth values, and the mistakes behind them.
WRONG: dict[str, Named] = {
    "price": NUMBER,
    "wind": {**NUMBER, "1 outputs": "one-output-for-several"},
    "spam": {
        **YES_OR_NO,
        "CrossEntropyLoss": "softmax-of-one",
        "NLLLoss": "softmax-of-one",
        "2 outputs": "yes-or-no-twice",
    },
    "digit": {
        **PROBABILITY,
        **ONE_OF_MANY,
        "1 outputs": "class-as-one-number",
        "9 outputs": "one-class-less",
    },
    "tags": {
        **YES_OR_NO,
        "CrossEntropyLoss": "tags-exclude-each-other",
        "NLLLoss": "tags-exclude-each-other",
        "1 outputs": "one-output-for-several",
        "32 outputs": "tags-as-combinations",
    },
    "species": {
        **ONE_OF_MANY,
        True: "activation-for-the-likeliest",
        "1 outputs": "class-as-one-number",
        "2 outputs": "one-class-less",
    },
}


def _judge(learner: Learner, reference: ModuleType, task: str) -> None:
    got, want, wrong = learner.head_for(task), reference.head_for(task), WRONG[task]
    n, loss, needs = got.out_features, got.loss, got.needs_activation_at_predict
    require(
        n == want.out_features,
        f'For "{task}", out_features is {n}.',
        mistake=wrong.get(f"{n} outputs"),
    )
    require(
        loss == want.loss,
        f'For "{task}", loss is {loss!r}.',
        mistake=wrong.get(loss) if loss in CLASSES else "not-on-the-list",
    )
    require(
        needs == want.needs_activation_at_predict,
        f'For "{task}", needs_activation_at_predict is {needs}.',
        mistake=wrong.get(needs),
    )


@values
def test_price(learner: Learner, reference: ModuleType) -> None:
    """the price of a house"""
    _judge(learner, reference, "price")


@values
def test_wind(learner: Learner, reference: ModuleType) -> None:
    """two speeds of the wind"""
    _judge(learner, reference, "wind")


@values
def test_spam(learner: Learner, reference: ModuleType) -> None:
    """spam or not"""
    _judge(learner, reference, "spam")


@values
def test_digit(learner: Learner, reference: ModuleType) -> None:
    """one digit of ten, with probabilities"""
    _judge(learner, reference, "digit")


@values
def test_tags(learner: Learner, reference: ModuleType) -> None:
    """any of five tags"""
    _judge(learner, reference, "tags")


@values
def test_species(learner: Learner, reference: ModuleType) -> None:
    """one species of three, only the likeliest"""
    _judge(learner, reference, "species")
