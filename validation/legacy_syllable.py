"""Which strings can be a written Vietnamese syllable: initial consonant, rime, one tone.

The judge of every reading of a legacy text. It knows no encoding and no dictionary: "nghiếc" passes, though
nobody says it, because what matters is what cannot be Vietnamese.
"""

from __future__ import annotations

import unicodedata

# "p" stands in names (Pa, Pi) and "k" before any vowel in names of the highlands.
_CONSONANTS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_ENDINGS = (
    "a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi ok om on ong "
    "ooc oong op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut "
    "uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
    "y yêm yên yêng yêt yêu"
)
_ONLY_AFTER_QU = "ych yn ynh yt yu"
_INITIALS = frozenset(_CONSONANTS.split())
_RIMES = frozenset(_ENDINGS.split())
_AFTER_QU = _RIMES.union(_ONLY_AFTER_QU.split())
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHARP_TONES = (("\u0301",), ("\u0323",))  # the only ones before c, ch, k, p, t
_STOPS = ("c", "ch", "k", "p", "t")
_SPECIAL = frozenset("ăâêôơư")  # of several vowels, the last of these carries the tone
_VOWELS = frozenset("aeiouy")
_CARRIERS = _VOWELS | _SPECIAL
_EITHER_WAY = frozenset(("oa", "oe", "uy"))


def is_syllable(word: str) -> bool:
    """True when `word` is spelled as a Vietnamese syllable must be, the place of its tone included.

    >>> [is_syllable(word) for word in ("Thường", "quyết", "hoà", "hòa", "thuôc", "né", "café")]
    [True, True, True, True, False, True, False]
    """
    bare, tones, place = _parted(word)
    rime = _rime(bare) if len(tones) <= 1 else ""
    if not rime or (rime.endswith(_STOPS) and tones not in _SHARP_TONES):
        return False
    if not tones:
        return True
    special = [at for at, letter in enumerate(bare) if letter in _SPECIAL]
    if special:
        return place == special[-1]
    # "tói" but never "toí"; only these rimes are written both ways (hòa and hoà).
    return len(rime) == 1 or rime in _EITHER_WAY or rime[-1] not in _VOWELS or place != len(bare) - 1


def may_be_syllable(word: str) -> bool:
    """True also for what people type in haste: a tone forgotten, or put on a neighbouring vowel.

    >>> [may_be_syllable(word) for word in ("thuôc", "tiêú", "Hoµn", "café")]
    [True, True, False, False]
    """
    bare, tones, _ = _parted(word)
    return len(tones) <= 1 and bool(_rime(bare))


def _parted(word: str) -> tuple[str, tuple[str, ...], int]:
    """(letters without tone in lower case, tones, index of the letter with the last tone)."""
    bare: list[str] = []
    tones: list[str] = []
    place = 0
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign in _TONES and bare and bare[-1][0] in _CARRIERS:
            tones.append(sign)
            place = len(bare) - 1
        elif unicodedata.combining(sign) and bare:
            bare[-1] = unicodedata.normalize("NFC", bare[-1] + sign)
        else:
            bare.append(sign)
    return "".join(bare), tuple(tones), place


def _rime(bare: str) -> str:
    """The rime of a syllable, "" when it is none."""
    if bare in _RIMES:
        return bare
    if bare.startswith("qu"):
        return bare[2:] if bare[2:] in _AFTER_QU else ""
    return next((bare[size:] for size in (3, 2, 1) if bare[:size] in _INITIALS and bare[size:] in _RIMES), "")
