"""Secrets: made at random, kept as digests, compared in constant time; and tries that are counted.

The role of whoever asks follows from the secret alone.
"""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict, deque

CODE_LETTERS = "2345679ACDEFHJKMNPQRTUVWXYZ"  # none that is read for another
_WORDS = (
    "ACORN AMBER ANVIL APPLE APRON ARROW ASPEN BAGEL BAKER BASIL BEACH BERRY BIRCH BLOOM "
    "BOARD BRASS BREAD BRICK BROOM BRUSH CABIN CAMEL CANDY CANOE CARGO CEDAR CHAIR CHALK "
    "CHESS CIDER CLIFF CLOCK CLOUD CLOVE COACH COCOA CORAL CRANE CREEK CROWN DAISY DELTA "
    "DINER DRIFT DRUM EAGLE EASEL EMBER FABLE FERRY FIELD FINCH FLAME FLINT FLUTE FROST GECKO "
    "GLASS GLOBE GRAPE GROVE HAZEL HERON HONEY HORSE HOUSE IGLOO IVORY JEWEL JUICE KAYAK "
    "KETTLE KIOSK KOALA LADLE LAGOON LAMP LEMON LILAC LINEN LLAMA LOTUS MANGO MAPLE MARCH "
    "MEDAL MELON METAL MINT MOOSE MOTOR MOUSE NACHO NIGHT NORTH NOVEL OASIS OCEAN OLIVE ONION "
    "OPERA ORBIT OTTER PANDA PAPER PASTA PEACH PEARL PECAN PIANO PILOT PLANE PLANT PLUM POLAR "
    "PONY POPPY QUAIL QUILT RADIO RAVEN REEF RIVER ROBIN ROCKET ROSE ROUND SALAD SCARF SHEEP "
    "SHELL SILK SLATE SMILE SNOW SOLAR SPICE SPOON SPRING STEAM STONE STORM SUGAR SWAN TABLE "
    "TANGO TIGER TOAST TOPAZ TORCH TOWER TRAIN TULIP VIOLA WAGON WALNUT WATER WHALE WHEAT "
    "WILLOW WINDOW YACHT ZEBRA"
)
WORDS = tuple(_WORDS.split())
_BITS = 128


def make_secret() -> str:
    """A secret of 128 bits that goes into a link or a header."""
    return secrets.token_urlsafe(_BITS // 8)


def digest(secret: str) -> str:
    """What is kept of a secret that nobody can guess."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def make_code() -> str:
    """A code that a person types, such as PLUM-4TQ: one of about three millions."""
    tail = "".join(secrets.choice(CODE_LETTERS) for _ in range(3))
    return f"{secrets.choice(WORDS)}-{tail}"


def plain_code(typed: str) -> str:
    """A code as it was made, whatever the case, blanks and signs in which it was typed."""
    bare = "".join(c for c in typed[:40].upper() if c.isascii() and c.isalnum())
    return f"{bare[:-3]}-{bare[-3:]}"


def code_digest(code: str, salt: bytes | None = None) -> str:
    """What is kept of a code. Codes are few, so it takes time to try all of them."""
    salt = secrets.token_bytes(16) if salt is None else salt
    made = hashlib.scrypt(code.encode(), salt=salt, n=2**13, r=8, p=1)
    return f"scrypt:{salt.hex()}:{made.hex()}"


def is_code(code: str, kept: str) -> bool:
    """Whether a code is the one of which this was kept; takes some 20 ms."""
    _, salt, _ = kept.split(":")
    return hmac.compare_digest(code_digest(code, bytes.fromhex(salt)), kept)


class Tries:
    """How often somebody may be wrong: each address by itself, and all together.

    Args:
        each: of one address.
        total: of all addresses.
        seconds: within this time.
    """

    def __init__(self, each: int, total: int, seconds: float) -> None:
        self._each, self._total, self._seconds = each, total, seconds
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque()

    def may(self, address: str) -> bool:
        """Whether an address may try (again)."""
        since = time.monotonic() - self._seconds
        while self._all and self._all[0] < since:
            self._all.popleft()
        wrong = self._wrong.get(address, deque())
        while wrong and wrong[0] < since:
            wrong.popleft()
        return len(wrong) < self._each and len(self._all) < self._total

    def note(self, address: str) -> None:
        """It was wrong."""
        now = time.monotonic()
        self._all.append(now)
        self._wrong.setdefault(address, deque()).append(now)
        self._wrong.move_to_end(address)
        while len(self._wrong) > 10_000:
            self._wrong.popitem(last=False)

    @property
    def wrong(self) -> int:
        """How often all were wrong lately."""
        return len(self._all)


class Pace:
    """How much one may ask for: a bucket that fills with time.

    Args:
        rate: requests a second in the long run.
        burst: how many at once.
    """

    def __init__(self, rate: float, burst: int) -> None:
        self._rate, self._burst = rate, burst
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def has(self, who: str) -> bool:
        """Whether one more would be allowed."""
        return self._left(who, time.monotonic()) >= 1

    def may(self, who: str, number: int = 1) -> bool:
        """Whether so many more are allowed, which this takes."""
        now = time.monotonic()
        left = self._left(who, now)
        allowed = left >= number
        self._buckets[who] = (left - number if allowed else left, now)
        self._buckets.move_to_end(who)
        while len(self._buckets) > 20_000:
            self._buckets.popitem(last=False)
        return allowed

    def _left(self, who: str, now: float) -> float:
        left, at = self._buckets.get(who, (float(self._burst), now))
        return min(left + (now - at) * self._rate, self._burst)
