"""Invented people: rare names, nicknames, initials, what families and agencies call somebody."""

import random

from detectors.lexicons import rows

_FAMILIAR, _BEHIND = "阿細大老小肥", "仔姐哥叔女嬸妹"
_TITLES = ("生", "太", "小姐", "經理", "主任", "師傅", "老师", "总", "工", "醫生")
_SYLLABLES = ("Ka", "Wing", "Siu", "Yuk", "Hoi", "Chun", "Pui", "Lok", "Man", "Kit", "Sze", "Yan", "Fung", "Ting", "Ho")
_OPENINGS = [*"bcdfghjklmnprstvwyz", "br", "ch", "dr", "gr", "kh", "sh", "tr"]
_VOWELS = [*"aeiou", "ai", "ee", "ia", "ie", "oo"]
_ENDINGS = ("", "", "n", "l", "r", "s", "th", "na", "lyn", "m", "d")
_CAPITALS = "ABCDEFGHJKLMNPRSTWY"


class People:
    """Gives names that hardly any list holds."""

    def __init__(self, dice: random.Random) -> None:
        """Read surnames and the characters and names that people are called by."""
        self._dice = dice
        surnames = [*rows("people/surnames.tsv", "character", "romanised")]
        self._surnames = [character for character, _ in surnames if character != "-"]
        self._romanised = [name.rstrip("?") for _, names in surnames for name in names.split()]
        self._characters = [
            one for _, characters in rows("people/name_characters.tsv", "kind", "characters") for one in characters
        ]
        self._abroad = [name.rstrip("?") for _, name in rows("people/names_abroad.tsv", "kind", "name")]

    def name(self, *, han: bool) -> str:
        """Return a name in one script."""
        return self._chinese() if han else self._latin()

    def _chinese(self) -> str:
        dice = self._dice
        surname, (first, second) = dice.choice(self._surnames), dice.choices(self._characters, k=2)
        forms = {
            surname + first + second: 6,
            surname + first: 2,
            first + second: 3,
            dice.choice(_FAMILIAR) + dice.choice((first, surname)): 3,
            dice.choice((first, surname)) + dice.choice(_BEHIND): 3,
            surname + dice.choice(_TITLES): 2,
            first * 2: 1,
        }
        return dice.choices(list(forms), list(forms.values()))[0]

    def _latin(self) -> str:
        dice = self._dice
        given = dice.choice(self._abroad) if dice.random() < 0.6 else self._rare()
        surname, syllables = dice.choice(self._romanised), dice.sample(_SYLLABLES, 2)
        forms = {
            given: 8,
            f"{given} {surname}": 3,
            f"{surname} {' '.join(syllables)}": 2,
            f"{syllables[0]} {syllables[1]}": 1,
            f"{syllables[0]}-{syllables[1].lower()}": 1,
            f"Ah {syllables[0]}": 1,
            f"{dice.choice(_CAPITALS)}{dice.choice(_CAPITALS)}": 1,
            f"{dice.choice(_CAPITALS)}.{dice.choice(_CAPITALS)}.": 1,
            f"{given} {surname[0]}.": 1,
        }
        name = dice.choices(list(forms), list(forms.values()))[0]
        return name.lower() if dice.random() < 0.15 else name

    def _rare(self) -> str:
        dice = self._dice
        parts = [dice.choice(_OPENINGS) + dice.choice(_VOWELS) for _ in range(dice.choice((1, 2, 2, 3)))]
        return ("".join(parts) + dice.choice(_ENDINGS)).capitalize()
