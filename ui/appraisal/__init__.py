"""The reviewer's desk: queues, decisions, over-claims, and the chair's naming of reviewers."""
