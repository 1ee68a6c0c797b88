"""The report: one page that says what to do, how sure that is, what it rests on and who is worse off."""
