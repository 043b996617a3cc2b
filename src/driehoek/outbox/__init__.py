"""The outbox: a letter is a row in the caller's transaction; the worker sends it afterwards, once."""
