"""The eighth edit simulator: exports of a workspace that is written on phones, in forms and by
scripts.
"""
