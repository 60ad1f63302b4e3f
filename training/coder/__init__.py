"""The coder network: sentences in, triggers, statuses, roles and relations out."""
