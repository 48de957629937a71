"""Batches: very many articles, each to its files, on all cores of this machine or of a cluster.

    sources ─plan→ jobs ─(an Executor: making, in a process of its own)→ staged files
                                                            staged files ─placing→ files

`journal.py` keeps every step, so that a batch that was killed goes on where it was. Articles are
made in any order and get their names in the order of the plan: what comes out doesn't depend on
how many are made at once.
"""
