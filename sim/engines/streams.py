"""The purposes of random draws, and the kinds of calendar events: the same numbers in every engine."""

from __future__ import annotations

(
    ORDER_TYPE,
    VALUE,
    COMPLEXITY,
    PATIENCE,
    ACCEPTANCE,
    ORDER_GAP,
    ORDER_RATE,
    LEAVING,
    REFERRAL,
    NEWCOMER_GAP,
    NEWCOMER_CHANCE,
    WORK,
    BRANCH,
    INCOMPLETE,
    NOTICED,
    NEED,
    NEED_WORK,
    PASSED_ON,
    PASSED_WORK,
    CLARIFICATION_WORK,
    FOUND,
    SERIOUS,
    TOLD,
    WALKOUT,
    COMPLAINT_WORK,
    OWN_GAP,
    OWN_WORK,
    ALIGNED,
    ATTRACTIVE,
    GRANTED,
    BLOCKED,
    BLOCKING_WORK,
    TRUSTED,
    REPORTED,
    OWN_FAILURE,
    REFUND,
    REFUND_WORK,
    ENQUIRY_GAP,
    ENQUIRY_WORK,
    VISIBLE,
    QUESTION_WORK,
    SEGMENT,
    AGREED,
    AGE,
    TENURE,
    ABSENT,
    RESIGNING,
    HIRING_WORK,
    HIRING_FIRST,
    SEARCH,
    LEFT_OUT,
) = range(1, 52)

PURPOSES = 64
"""More than there are purposes: the same purpose for another kind of item is so many further on."""

(
    STOP,
    WEEK,
    OPENING,
    SERVICE,
    TRANSPORT,
    PLACED,
    PATIENCE_END,
    OWN_TASK_DUE,
    NEWCOMER,
    CURIOUS,
    DAY,
    FIRST_DAY,
) = range(12)
"""Kinds of calendar events, in the order in which simultaneous ones happen."""

KIND_SHIFT = 48

(
    LOG_PLACED,
    LOG_ARRIVED,
    LOG_STARTED,
    LOG_FINISHED,
    LOG_ASKED,
    LOG_ANSWERED,
    LOG_ABANDONED,
    LOG_DECLINED,
    LOG_QUOTED,
    LOG_DELIVERED,
    LOG_INVOICED,
    LOG_ENDED,
    LOG_JOINED,
    LOG_LEFT,
    LOG_DROPPED,
    LOG_RESIGNED,
    LOG_HIRED,
) = range(17)
LOG_EVENTS = (
    "placed",
    "arrived",
    "started",
    "finished",
    "asked",
    "answered",
    "abandoned",
    "declined",
    "quoted",
    "delivered",
    "invoiced",
    "ended",
    "joined",
    "left",
    "dropped",
    "resigned",
    "hired",
)
ITEMS = (
    "step",
    "clarification",
    "request",
    "redo",
    "complaint",
    "own_task",
    "blocking",
    "dispute",
    "enquiry",
    "question",
    "refund",
    "repair",
    "hiring",
)
"""Names of the kinds of work item, in the order of their numbers."""

WORKER_KEYS = 1 << 43
"""Keys of people begin here: department << 24 | post."""
HIRING_SLOTS = 1 << 40
"""Slots of a post's hirings begin here; those below belong to its weeks."""
CUSTOMER_KEYS = 1 << 40
"""Keys of customers who come by themselves begin here; those of the first customers are below."""
