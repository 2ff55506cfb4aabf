"""Every error that hydra-tui raises on purpose.

    HydraError
    ├── ConfigError                 the configuration cannot be used (exit 3)
    ├── SecretError                 a secret's reference cannot be resolved
    ├── HistoryError                the file of what was read cannot be read or written
    └── TargetError                 a target did not give what it was asked for
        ├── Unreachable             no answer came at all
        │   ├── NameNotResolved     its host name is unknown here
        │   ├── ConnectionRefused   the host answers, the port does not
        │   ├── NoAnswer            nothing came within the time allowed
        │   ├── ConnectionLost      it was there and then it was not
        │   ├── TlsFailed           no trusted TLS session
        │   └── CommandMissing      the program is not on that host
        ├── HostKeyRefused          the host is not (or no longer) the one we know
        │   ├── HostKeyUnknown
        │   ├── HostKeyChanged
        │   └── HostKeyRevoked
        ├── Unauthorised            401, 403, or a login that was refused
        ├── NotReady                it answers that it is starting, loading or draining
        │   └── RateLimited         429
        ├── NotFound                404: this is not the service, or not this version of it
        ├── ServiceFailed           5xx, or a protocol-level error of its own
        ├── NothingKnown            whoever tells of it tells nothing: it may well be well
        └── MalformedReply          an answer that is not of the promised shape
            └── ReplyTooLarge       more bytes than a probe may cost

Libraries' exceptions become these in `transport/`, once, the most specific first. The message is
the reason an operator reads; it never contains a secret.
"""

from __future__ import annotations


class HydraError(Exception):
    """The root: catch it to catch everything we raise on purpose."""


class ConfigError(HydraError):
    """The configuration cannot be used. `str()` is the whole report, a problem a line."""


class SecretError(HydraError):
    """A secret's reference cannot be resolved. Names the reference, never the value."""


class HistoryError(HydraError):
    """The file of what was read cannot be read or written. Names the file and the way out."""


class TargetError(HydraError):
    """A target did not give what it was asked for; the message says why, in words."""


class Unreachable(TargetError):
    """No answer came at all."""


class NameNotResolved(Unreachable):
    """The host name is unknown here."""


class ConnectionRefused(Unreachable):
    """The host answers, the port does not."""


class NoAnswer(Unreachable):
    """Nothing came within the time allowed."""


class ConnectionLost(Unreachable):
    """The connection ended in the middle."""


class TlsFailed(Unreachable):
    """No trusted TLS session could be made."""


class CommandMissing(Unreachable):
    """The program is not on that host."""


class HostKeyRefused(TargetError):
    """The host's key was not accepted. The message carries the fingerprint and the way out."""


class HostKeyUnknown(HostKeyRefused):
    """No key is known for this host."""


class HostKeyChanged(HostKeyRefused):
    """Another key is known for this host."""


class HostKeyRevoked(HostKeyRefused):
    """The key is marked as revoked."""


class Unauthorised(TargetError):
    """The credentials were missing, wrong or not enough."""


class NotReady(TargetError):
    """It answers that it is starting, loading or draining."""


class RateLimited(NotReady):
    """It answers that it is asked too often."""


class NotFound(TargetError):
    """It answers, but has no such path."""


class ServiceFailed(TargetError):
    """It answers with an error of its own."""


class NothingKnown(TargetError):
    """Whoever tells of it told nothing fresh: the target itself may well be well."""


class MalformedReply(TargetError):
    """It answers, but not in the shape its kind promises."""


class ReplyTooLarge(MalformedReply):
    """It sent more than a probe may cost."""
