"""The exceptions of chainsim: one class for each of the engine, with the same name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence


@dataclass(frozen=True)
class Diagnostic:
    """One thing wrong with the input: where it stands, what it is, what to write instead."""

    file: str
    """As the user named it; empty for an argument, which stands in no file."""
    line: int
    """Counted from 1; 0 if unknown."""
    column: int
    """Counted from 1; 0 if unknown."""
    field: str
    """Path in the document: "facilities.mill.capacity"."""
    message: str
    """The fact."""
    help: str
    """The smallest change that would be accepted, or empty."""
    text: str = ""
    """All of it as a user reads it, with the line of the file."""

    def __str__(self) -> str:
        return self.text or self.message


class Error(Exception):
    """Base of everything that chainsim raises."""


class InputError(Error, ValueError):
    """The input is wrong: every problem of every file, in `diagnostics`."""

    diagnostics: list[Diagnostic]

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message, list(diagnostics))
        self.diagnostics = list(diagnostics)

    def __str__(self) -> str:
        return str(self.args[0])


class IoError(Error, OSError):
    """A file or device failed: the path and the system's reason."""


class NoSolution(Error):
    """A year has no solution; the message says which plants and commodities are concerned."""


class NotComparable(Error, ValueError):
    """A question that these scenarios cannot answer: no year in common, an unknown indicator."""


class UnitError(Error, ValueError):
    """A text that is no quantity or unit, or a conversion between dimensions."""


class ClosingError(Error, ValueError):
    """A draw cannot keep the balance of a recipe."""


class SampleError(Error, ValueError):
    """A figure cannot be drawn as it is described."""


class UnknownCommodity(Error, KeyError):
    """No commodity has that id, alias or family name."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoAnswer(Error):
    """An input-output table has no answer: sectors that take at least what they make."""


class Unproductive(Error):
    """A supply turns in a loop and gives nothing."""


class Unavailable(Error):
    """What is asked for was left out of this build; the message says how to get it."""


class ContractError(Error):
    """The code is wrong: a condition that its author promised does not hold."""
