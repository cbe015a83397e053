"""A collection of invented logs with answer keys, written without looking at the reader's
words, to measure it on.
"""
