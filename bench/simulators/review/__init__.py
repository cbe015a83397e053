"""The seventh edit simulator: a sheet that is tidied, reviewed each quarter and imported anew."""
