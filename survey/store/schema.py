"""The tables as the code uses them; `migrations/` builds them, and a test holds the two together."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from survey.store.columns import Moment, Words

metadata = MetaData()

setting = Table(
    "setting",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("id", Words, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("content", Words, nullable=False),
)

framework = Table(
    "framework",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("checksum", Words, primary_key=True),
    # Not Words: the checksum holds for the exact text only.
    Column("text", Text, nullable=False),
)

round_ = Table(
    "round",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("framework_id", Words, nullable=False),
    Column("framework_version", Integer, nullable=False),
    Column("reference_date", Date, nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("state", Words, nullable=False),
    Column("checksum", Words, nullable=False),
    Column("data_version", Integer, nullable=False),
)

response = Table(
    "response",
    metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("state", Words, nullable=False),
    Column("remark", Words, nullable=False),
    Column("submitted_at", Moment),
    Column("last_activity", Moment, nullable=False),
    # Ids of questions joined by ";" while a returned response takes changes of these alone.
    Column("opened", Words),
)

answer = Table(
    "answer",
    metadata,
    Column("round_id", Words, primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("question_id", Words, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("state", Words, nullable=False),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("value", Double),
    Column("items", Words, nullable=False),
    Column("beside", Words, nullable=False),
    Column("saved_by", Words, nullable=False),
    Column("saved_at", Moment, nullable=False),
    ForeignKeyConstraint(["round_id", "library_id"], ["response.round_id", "response.library_id"]),
    # The key is the table: one write for each answer, and a round is read in order from one place.
    sqlite_with_rowid=False,
)

verification = Table(
    "verification",
    metadata,
    Column("round_id", Words, primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("question_id", Words, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("verified_by", Words, nullable=False),
    Column("verified_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["round_id", "library_id", "question_id", "revision"],
        ["answer.round_id", "answer.library_id", "answer.question_id", "answer.revision"],
    ),
    sqlite_with_rowid=False,
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", Words, nullable=False, unique=True),
    Column("name", Words, nullable=False),
    Column("role", Words, nullable=False),
    Column("library_id", Words),
    Column("language", Words, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("password_hash", Words, nullable=False),
    # v0004. Lower-cased; whoever signs in through an identity provider is known by it.
    Column("email", Words),
    # The key of the second factor: given out once, when it is set up, and by nothing afterwards.
    Column("totp_key", Words),
    # The time step of the last code that was taken, so that none is taken twice.
    Column("totp_step", BigInteger),
    Index("ix_account_email", "email", unique=True),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("person_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    # v0004. What the browser calls itself, in a few words.
    Column("device", Words),
)

setup_token = Table(
    "setup_token",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("expires_at", Moment, nullable=False),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login_hash", Words, nullable=False),
    Column("address_hash", Words, nullable=False),
    Column("tried_at", Moment, nullable=False),
    Index("ix_sign_in_attempt_login", "login_hash", "tried_at"),
    Index("ix_sign_in_attempt_address", "address_hash", "tried_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("object", Words, nullable=False),
    Column("old", Words),
    Column("new", Words),
    Column("salt", Words, nullable=False),
    Column("mark", Words, nullable=False),
    Column("previous", Words, nullable=False),
    Column("digest", Words, nullable=False),
    # A number is never given twice, not even after the newest row was taken away.
    sqlite_autoincrement=True,
)

# One row: how many entries the trail has, and the digest of the newest.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("digest", Words, nullable=False),
)

evidence_file = Table(
    "evidence_file",
    metadata,
    Column("library_id", Words, primary_key=True),
    Column("sha256", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("given_by", Words, nullable=False),
    Column("given_at", Moment, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("closes_on", Date, primary_key=True),
    Column("kind", Words, primary_key=True),
    # Blank for those who watch over all libraries.
    Column("library_id", Words, primary_key=True),
    Column("recipient_hash", Words, primary_key=True),
    Column("sent_at", Moment, nullable=False),
)

# v0004: accounts.

invitation = Table(
    "invitation",
    metadata,
    Column("token_hash", Words, primary_key=True),
    # An account that gets a new password; None where the link makes an account.
    Column("person_id", ForeignKey("account.id"), index=True),
    Column("name", Words, nullable=False),
    Column("email", Words),
    Column("role", Words, nullable=False),
    Column("library_id", Words),
    Column("made_by", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("person_id", ForeignKey("account.id"), primary_key=True),
    Column("code_hash", Words, primary_key=True),
)

# The password was right, the code of the second factor is still to come.
second_step = Table(
    "second_step",
    metadata,
    Column("token_hash", Words, primary_key=True),
    Column("person_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
)

# v0008: the review cycle.

submission = Table(
    "submission",
    metadata,
    Column("round_id", Words, primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("serial", Integer, nullable=False),
    Column("sent_by", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("certified", Words, nullable=False),
    Column("digest", Words, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", Words),
    ForeignKeyConstraint(["round_id", "library_id"], ["response.round_id", "response.library_id"]),
    # The receipt's number: never given twice in a round.
    UniqueConstraint("round_id", "serial", name="uq_submission_serial"),
)

decision = Table(
    "decision",
    metadata,
    Column("round_id", Words, primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("question_id", Words, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # The library's own answer that was looked at; the reviewer's value stands beside it.
    Column("revision", Integer, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("numerator", Double),
    Column("denominator", Double),
    Column("value", Double),
    Column("items", Words, nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Moment, nullable=False),
    ForeignKeyConstraint(["round_id", "library_id"], ["response.round_id", "response.library_id"]),
)

post = Table(
    "post",
    metadata,
    Column("round_id", Words, primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("question_id", Words, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("side", Words, nullable=False),
    Column("words", Words, nullable=False),
    # The thread's state from this post on.
    Column("state", Words, nullable=False),
    Column("posted_by", Words, nullable=False),
    Column("posted_at", Moment, nullable=False),
    ForeignKeyConstraint(["round_id", "library_id"], ["response.round_id", "response.library_id"]),
)

assignment = Table(
    "assignment",
    metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("person_id", ForeignKey("account.id"), primary_key=True, index=True),
)

late_exception = Table(
    "late_exception",
    metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("last_day", Date, nullable=False),
    Column("reason", Words, nullable=False),
    Column("granted_by", Words, nullable=False),
    Column("granted_at", Moment, nullable=False),
)

# v0009: the study of ranks of a closed round, as it was made.

rank_study = Table(
    "rank_study",
    metadata,
    Column("round_id", ForeignKey("round.id"), primary_key=True),
    Column("basis", Words, primary_key=True),
    Column("data_version", Integer, primary_key=True, autoincrement=False),
    # Not Words: the digest holds for the exact text only.
    Column("content", Text, nullable=False),
    Column("digest", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
)

# v0010: proposed changes of targets; the content is the change as JSON.

target_proposal = Table(
    "target_proposal",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("framework_id", Words, nullable=False),
    Column("content", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("proposed_by", Words, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("state", Words, nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", Moment, nullable=True),
    Column("version", Integer, nullable=True),
)

# v0011: what-ifs that were given a name; the answers themselves are never touched.

scenario = Table(
    "scenario",
    metadata,
    Column("id", Words, primary_key=True),
    Column("round_id", ForeignKey("round.id"), nullable=False),
    Column("library_id", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("changes", Words, nullable=False),
    Column("based_on", Words, nullable=False),
    Column("made_by", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("round_id", "library_id", "name", name="uq_scenario_name"),
)

# v0012: what libraries agreed to share with one another.

shared_practice = Table(
    "shared_practice",
    metadata,
    Column("round_id", Words, primary_key=True),
    Column("library_id", Words, primary_key=True),
    Column("question_id", Words, primary_key=True),
    # Blank once it was withdrawn.
    Column("words", Words, nullable=False),
    # Whether people of the other members may open the evidence of this answer.
    Column("evidence", Boolean, nullable=False),
    Column("shared_by", Words, nullable=False),
    Column("shared_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
    ForeignKeyConstraint(["round_id", "library_id"], ["response.round_id", "response.library_id"]),
)
