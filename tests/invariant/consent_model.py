"""Consent in plain Python, from what it promises: who may see what, for what, until when.

Nothing is packed: each person's last grant for a company and a purpose, and what was said since.
"""

from dataclasses import dataclass, field

NONE, REQUESTED, REFUSED, GIVEN, RENEWED, EXPIRED, INVALIDATED, WITHDRAWN = range(8)
DAY = 86_400
YEAR = 365 * DAY


@dataclass
class Given:
    """What a person agreed to."""

    categories: frozenset
    issued_at: int
    until: int
    keep_until: int
    version: int
    renews: int = 0  # when the one was issued in whose time it was given


@dataclass
class Notice:
    """What a company says that it would do for a purpose."""

    version: int
    categories: frozenset
    since: int
    is_ended: bool = False


@dataclass
class ConsentModel:
    """Keys are (person, company, purpose)."""

    given: dict = field(default_factory=dict)
    ended: dict = field(default_factory=dict)  # when it was first taken back on its own
    silent_since: dict = field(default_factory=dict)  # nothing decided up to then counts any more
    everything: dict = field(default_factory=dict)  # person -> when they took all back
    shut_companies: set = field(default_factory=set)  # (person, company)
    shut_purposes: set = field(default_factory=set)  # (person, purpose)
    notices: dict = field(default_factory=dict)  # (company, purpose) -> Notice
    asked: dict = field(default_factory=dict)
    refused: dict = field(default_factory=dict)

    # ---- what holds ----

    def notice(self, key):
        """The notice in force, or None."""
        found = self.notices.get(key[1:])
        return None if found is None or found.is_ended else found

    def is_denied(self, key):
        person, company, purpose = key
        return (person, company) in self.shut_companies or (person, purpose) in self.shut_purposes

    def all_taken_back(self, key):
        return self.everything.get(key[0], 0)

    def is_withdrawn(self, key):
        """Whether what was given was taken back, alone or with everything."""
        given = self.given[key]
        return key in self.ended or given.issued_at <= self.all_taken_back(key)

    def is_live(self, key, now):
        """Whether a grant counts, denials apart."""
        given, notice = self.given.get(key), self.notice(key)
        return (
            given is not None
            and not self.is_withdrawn(key)
            and now < given.until
            and notice is not None
            and notice.version == given.version
        )

    def allowed(self, key, category, now):
        """Whether this company may see this, now, for this."""
        return (
            self.is_live(key, now)
            and category in self.given[key].categories
            and not self.is_denied(key)
        )

    def kept_until(self, key):
        given = self.given.get(key)
        if given is None:
            return 0
        ends = [given.keep_until]
        if key in self.ended:
            ends.append(self.ended[key])
        if self.all_taken_back(key) >= given.issued_at:
            ends.append(self.all_taken_back(key))
        return min(ends)

    def status(self, key, now):
        if self.is_denied(key):
            return REFUSED
        given = self.given.get(key)
        if self.is_live(key, now):
            return RENEWED if given.renews > self.all_taken_back(key) else GIVEN
        asked, refused = self.asked.get(key, 0), self.refused.get(key, 0)
        answer = REFUSED if refused >= asked else REQUESTED
        said_at, said = self._last_word(key, now)
        if said == NONE:
            return NONE if max(asked, refused) == 0 else answer
        return answer if max(asked, refused) > said_at else said

    def _last_word(self, key, now):
        """When the grant ended, and how."""
        given = self.given.get(key)
        if given is None:
            alone = self.silent_since.get(key, 0)
            return (max(alone, self.all_taken_back(key)), WITHDRAWN) if alone else (0, NONE)
        if self.is_withdrawn(key):
            alone = self.silent_since.get(key, 0) if key in self.ended else given.issued_at
            return max(alone, self.all_taken_back(key)), WITHDRAWN
        notice = self.notice(key)
        if notice is None:
            return given.until, INVALIDATED
        if now >= given.until:
            newer = notice.version != given.version
            return min(given.until, notice.since) if newer else given.until, EXPIRED
        return notice.since, REQUESTED

    # ---- a person: the reason why not, or None and it is done ----

    def grant(self, key, terms, now, *, is_signed):
        """`terms` is a Given."""
        if is_signed and terms.issued_at <= self.all_taken_back(key):
            return "consent: withdrawn since"
        if not is_signed and now > terms.issued_at + 3_600:
            return "consent: issued long ago"
        refusal = self._refused_terms(key, terms, now)
        if refusal is None and is_signed and self.is_denied(key):
            refusal = "consent: denied"
        if refusal is None:
            last = self.given.get(key)
            is_renewal = last is not None and key not in self.ended and last.until > now
            terms.renews = last.issued_at if is_renewal else 0
            self.given[key] = terms
            self.ended.pop(key, None)
            self.silent_since[key] = terms.issued_at
        return refusal

    def _refused_terms(self, key, terms, now):
        notice = self.notice(key)
        if notice is None:
            return "consent: no notice"
        if terms.version != notice.version:
            return "consent: other notice"
        if not terms.categories:
            return "consent: no category"
        if not terms.categories <= notice.categories:
            return "consent: beyond the notice"
        if terms.issued_at > now:
            return "consent: dated ahead"
        if terms.until <= now:
            return "consent: empty window"
        if terms.until > now + 5 * YEAR:
            return "consent: endless window"
        if terms.keep_until < terms.until:
            return "consent: kept too short"
        if terms.keep_until > now + 10 * YEAR:
            return "consent: kept too long"
        if terms.issued_at <= self.silent_since.get(key, 0):
            return "consent: issued before"
        return None

    def withdraw(self, key, now, signed_at=None):
        """`signed_at`: of a message; None for who sends it themselves."""
        given = self.given.get(key)
        is_open = given is not None and key not in self.ended
        last = self.silent_since.get(key, 0)
        if signed_at is not None:
            if not is_open and signed_at <= last:
                return "consent: outdated"
            if signed_at > now:
                return "consent: dated ahead"
            if signed_at < last:
                return "consent: outdated"
        if is_open:
            self.ended[key] = now
        self.silent_since[key] = now
        return None

    def withdraw_all(self, person, now, signed_at=None):
        if signed_at is not None and signed_at > now:
            return "consent: dated ahead"
        if signed_at is not None and signed_at <= self.everything.get(person, 0):
            return "consent: withdrawn since"
        self.everything[person] = now
        return None

    # ---- others ----

    def note_end(self, key):
        given, at = self.given.get(key), self.all_taken_back(key)
        if given is None or key in self.ended or at < given.issued_at:
            return "consent: not withdrawn"
        self.ended[key] = self.silent_since[key] = at
        return None

    def ask(self, key, categories, now):
        notice = self.notice(key)
        if notice is None:
            return "consent: no notice"
        if not categories <= notice.categories:
            return "consent: beyond the notice"
        if self.is_denied(key):
            return "consent: denied"
        if self.is_live(key, now) and categories <= self.given[key].categories:
            return "consent: given already"
        noes = [self.refused.get(key, 0), self.all_taken_back(key)]
        if key in self.ended or key not in self.given:
            noes.append(self.silent_since.get(key, 0))
        if max(noes) and now < max(noes) + 30 * DAY:
            return "consent: refused lately"
        if key in self.asked and now < self.asked[key] + 7 * DAY:
            return "consent: asked lately"
        self.asked[key] = now
        return None

    def publish(self, company, purpose, categories, now):
        last = self.notices.get((company, purpose))
        version = last.version + 1 if last else 1
        self.notices[company, purpose] = Notice(version, categories, now)

    def end_notice(self, company, purpose):
        notice = self.notices.get((company, purpose))
        if notice is None or notice.is_ended:
            return "companies: no notice"
        notice.is_ended = True
        return None
