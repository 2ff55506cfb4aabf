"""A secret from the desktop's keyring."""

from __future__ import annotations

from threading import Thread

from hydra_tui.config.wrong_value import WrongValueError


def from_keyring(place: str, timeout_s: float) -> str:
    """The password stored as SERVICE/NAME. Raises `WrongValueError` when there is none in time.

    A locked keyring asks its user in a window and waits for ever, so it is asked in a thread that
    may be left behind.
    """
    try:
        import keyring
    except ImportError:
        raise WrongValueError(
            "the keyring library is missing", "install it: pip install 'hydra-tui[keyring]'"
        ) from None
    service, _, name = place.rpartition("/")
    answers: list[str | None] = []
    failures: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(keyring.get_password(service, name))
        except Exception as error:  # backends raise what they like
            failures.append(error)

    thread = Thread(target=ask, name="keyring", daemon=True)
    thread.start()
    thread.join(timeout_s)
    return _found(answers, failures, place)


def _found(answers: list[str | None], failures: list[Exception], place: str) -> str:
    service, _, name = place.rpartition("/")
    if failures:
        kind = type(failures[0]).__name__
        raise WrongValueError(f"the keyring cannot be asked ({kind})", "unlock it, or use env: or file:")
    if not answers:
        raise WrongValueError("the keyring did not answer in time", "unlock it first")
    if answers[0] is None:
        raise WrongValueError("the keyring has no such entry", f"store it: keyring set {service} {name}")
    return answers[0]
