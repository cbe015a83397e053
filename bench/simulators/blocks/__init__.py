"""A third edit simulator: a log kept in weekly blocks, worked in by several people, with
accidents.
"""
