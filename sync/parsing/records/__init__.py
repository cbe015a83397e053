"""Records of other kinds than experiments.

Plans, series of numbers, funnels, actions, feedback (all pure).
"""
