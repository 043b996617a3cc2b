"""Small experiments: begun today, measured from day 0, judged on the last day, one step to an engagement."""
