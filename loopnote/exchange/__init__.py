"""Exports: the records of a store as texts that other programs and people read, and back again.

A `Record` is one line of a store's table as JSON values (`loopnote.store.record_model` decides every column). The
formats in here are pure: records in, text out (`jsonlines`, `spreadsheet`, `wiki`), and for JSON Lines back again.
"""
