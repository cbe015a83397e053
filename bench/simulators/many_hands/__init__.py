"""The sixth edit simulator: a sheet that several people work in on the same days of a week."""
