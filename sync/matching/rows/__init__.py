"""Rows in the compact form in which they are compared.

Hashes in memory, their texts in a file when there are many.
"""
