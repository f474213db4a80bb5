"""Who is placed before whom among equal scores: the organizer's rules, asked one after another.

A tie is equality after six decimals. The rules are chosen and ordered before judging opens; whatever they leave tied
shares its rank (1-1-3). Time of submission and order in the database never decide. Prose with a worked table:
docs/algorithms/ties.md.
"""
